// One canvas over the map: cells with counts, single incidents, areas of doubt, regions. Knows how to be hit.
(function () {
  "use strict";
  const TAU = Math.PI * 2;
  const EARTH_M = 40075016.686;
  const MIN_AREA_PX = 11; // an area is never drawn smaller than this, so that it can be seen and hit
  const MAX_AREA_SHARE = 3; // an area wider than so many viewports is not drawn as a circle: it would tint all

  const clusterRadius = (count) => Math.min(30, 11 + 3.2 * Math.log2(count));
  const isArea = (cell) => cell.place_status === "ambiguous" || ["near", "feature", "adm2"].includes(cell.precision);

  const Bubbles = L.Layer.extend({
    initialize(colours) {
      this.colours = colours;
      this.cells = [];
      this.regions = [];
      this.marks = [];
      this.theme = window.Dateline.theme("light");
    },
    onAdd(map) {
      const pane = map.createPane("dateline-bubbles");
      pane.style.zIndex = 460;
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", pane);
      map.on("moveend viewreset resize", this.draw, this);
      this.draw();
    },
    show(cells, regions) {
      this.cells = cells;
      this.regions = regions;
      this.draw();
    },
    setTheme(theme) {
      this.theme = theme;
      this.draw();
    },
    select(id) {
      this.selected = id;
      this.draw();
    },

    draw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      this.canvas.width = size.x * ratio;
      this.canvas.height = size.y * ratio;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
      L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
      const ink = this.canvas.getContext("2d");
      ink.scale(ratio, ratio);
      this.marks = [...this.regions.map((r) => this.place(r, "region")),
        ...this.cells.map((c) => this.place(c, c.count > 1 ? "cluster" : isArea(c) ? "area" : "point"))];
      const order = { region: 0, area: 1, point: 2, cluster: 3 };
      this.marks.sort((a, b) => order[a.kind] - order[b.kind] || b.r - a.r);
      for (const mark of this.marks) {
        ink.globalAlpha = this.selected && mark.item.id !== this.selected ? 0.3 : 1; // an open card stands out
        this[mark.kind](ink, mark, size);
      }
    },
    place(item, kind) {
      const at = this._map.latLngToContainerPoint([item.lat, item.lon]);
      const metresPerPixel = (EARTH_M * Math.cos((item.lat * Math.PI) / 180)) / (256 * 2 ** this._map.getZoom());
      const spread = (item.radius_m || 0) / metresPerPixel;
      const r = kind === "cluster" ? clusterRadius(item.count)
        : kind === "area" ? Math.max(MIN_AREA_PX, spread) : kind === "region" ? 13 : 6;
      return { item, kind, x: at.x, y: at.y, r, spread };
    },

    cluster(ink, { item, x, y, r }) {
      disc(ink, x, y, r + 4, this.theme.clusterRing);
      disc(ink, x, y, r, this.theme.cluster);
      write(ink, short(item.count), x, y, this.theme.clusterText, `600 ${r > 20 ? 14 : 12}px`);
    },
    point(ink, { item, x, y, r, spread }) {
      const colour = this.colour(item);
      if (spread > 12 && spread < 400) ring(ink, x, y, spread, colour, 1, [], 0.07);
      if (item.id && item.id === this.selected) ring(ink, x, y, r + 5, this.theme.ink, 2, []);
      disc(ink, x, y, r, colour);
      ring(ink, x, y, r, this.theme.pinEdge, 1.5, []);
      if (item.precision === "exact") disc(ink, x, y, 1.8, this.theme.pinEdge);
    },
    area(ink, { item, x, y, r }, size) {
      const colour = this.colour(item);
      if (r < MAX_AREA_SHARE * Math.max(size.x, size.y)) {
        const strong = item.id && item.id === this.selected;
        ring(ink, x, y, r, colour, strong ? 2.5 : 1.5, [6, 4], strong ? 0.16 : 0.09);
      }
      if (item.place_status === "ambiguous") {
        disc(ink, x, y, 8.5, this.theme.disc);
        ring(ink, x, y, 8.5, colour, 1.5, [3, 2]);
        write(ink, "?", x, y, this.theme.ink, "700 12px");
      }
    },
    region(ink, { item, x, y, r }) {
      ink.save();
      ink.translate(x, y);
      ink.rotate(Math.PI / 4);
      ink.fillStyle = this.theme.disc;
      ink.strokeStyle = this.theme.ink;
      ink.lineWidth = 1.5;
      ink.setLineDash([4, 3]);
      ink.beginPath();
      ink.rect(-r * 0.75, -r * 0.75, r * 1.5, r * 1.5);
      ink.fill();
      ink.stroke();
      ink.restore();
      write(ink, short(item.count), x, y, this.theme.ink, "600 12px");
    },
    colour(item) {
      return this.colours[item.type] || this.colours.other;
    },

    hit(point, slack) {
      let best = null;
      for (const mark of this.marks) {
        const reach = mark.kind === "area" ? Math.max(MIN_AREA_PX, Math.min(mark.r, 60)) : mark.r + slack;
        const distance = Math.hypot(mark.x - point.x, mark.y - point.y);
        const score = mark.kind === "area" ? distance + 10 : distance; // what lies on an area wins over it
        if (distance <= reach && (!best || score < best.score)) best = { mark, score };
      }
      return best && best.mark;
    },
  });

  function disc(ink, x, y, r, colour) {
    ink.beginPath();
    ink.arc(x, y, r, 0, TAU);
    ink.fillStyle = colour;
    ink.fill();
  }
  function ring(ink, x, y, r, colour, width, dash, fill) {
    ink.beginPath();
    ink.arc(x, y, r, 0, TAU);
    if (fill) {
      const strength = ink.globalAlpha;
      ink.globalAlpha = fill * strength;
      ink.fillStyle = colour;
      ink.fill();
      ink.globalAlpha = strength;
    }
    ink.lineWidth = width;
    ink.strokeStyle = colour;
    ink.setLineDash(dash);
    ink.stroke();
    ink.setLineDash([]);
  }
  function write(ink, text, x, y, colour, font) {
    ink.font = `${font} "Source Sans", "Source Sans Pro", system-ui, sans-serif`;
    ink.textAlign = "center";
    ink.textBaseline = "middle";
    ink.fillStyle = colour;
    ink.fillText(text, x, y + 0.5);
  }
  const short = (count) => (count < 10000 ? String(count) : count < 1e6 ? `${Math.round(count / 1000)}k`
    : `${(count / 1e6).toFixed(1)}M`);

  window.Dateline.Bubbles = Bubbles;
})();
