// The map under the incidents without any tile server: land and borders (Natural Earth), towns (gazetteer).
(function () {
  "use strict";
  const FINE_ZOOM = 6; // from here on the 1:10m outline is worth its 3.7 MB

  class Basemap {
    constructor(map, urls) {
      this.map = map;
      this.urls = urls;
      this.world = null;
      this.theme = window.Dateline.theme("light");
      const under = map.createPane("dateline-land");
      under.style.zIndex = 150; // under tiles (200), when an instance has any
      this.renderer = L.canvas({ pane: "dateline-land", padding: 0.5 });
      const names = map.createPane("dateline-names");
      names.style.zIndex = 450; // over areas, under bubbles
      names.style.pointerEvents = "none";
      this.labels = L.layerGroup().addTo(map);
      this.load("coarse");
      map.on("zoomend", () => this.map.getZoom() >= FINE_ZOOM && this.load("fine"));
      map.on("moveend", () => this.label());
      this.label();
    }

    async load(detail) {
      if (this.detail === "fine" || this.detail === detail) return;
      this.detail = detail;
      const response = await fetch(this.urls[detail]);
      const world = await response.json();
      if (this.detail !== detail) return; // a finer outline has been asked for meanwhile
      const countries = topojson.feature(world, world.objects.countries);
      countries.features.forEach((country) => flatten(country.geometry));
      const layer = L.geoJSON(countries, {
        renderer: this.renderer, interactive: false, pane: "dateline-land", style: () => this.landStyle(),
      });
      if (this.world) this.world.remove();
      this.world = layer.addTo(this.map);
    }

    landStyle() {
      return { color: this.theme.border, weight: 0.8, fillColor: this.theme.land, fillOpacity: 1 };
    }

    setTheme(theme) {
      this.theme = theme;
      this.map.getContainer().style.background = theme.sea;
      if (this.world) this.world.setStyle(this.landStyle());
      this.label();
    }

    async label() {
      const bbox = viewport(this.map);
      this.wanted = bbox;
      const response = await fetch(`${this.urls.towns}?bbox=${encodeURIComponent(bbox)}`);
      if (!response.ok || this.wanted !== bbox) return;
      const towns = (await response.json()).towns;
      this.labels.clearLayers();
      const taken = [];
      const most = this.map.getZoom() < 5 ? 16 : 60;
      for (const town of towns.slice(0, most)) {
        const at = this.map.latLngToContainerPoint([town.lat, town.lon]);
        const width = town.name.length * 6.4 + 12;
        const box = [at.x - 4, at.y - 9, at.x + width, at.y + 9];
        if (taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) continue;
        taken.push(box);
        this.labels.addLayer(this.townLabel(town));
      }
    }

    townLabel(town) {
      const element = document.createElement("div");
      element.className = "dl-town" + (town.population >= 1000000 ? " dl-city" : "");
      element.style.color = this.theme.town;
      element.style.textShadow = ["1px 0", "-1px 0", "0 1px", "0 -1px", "0 0"].map(
        (o) => `${o} 2px ${this.theme.halo}`).join(",");
      element.textContent = town.name;
      const icon = L.divIcon({ html: element, className: "dl-town-box", iconSize: null, iconAnchor: [3, 9] });
      return L.marker([town.lat, town.lon], { icon, pane: "dateline-names", interactive: false, keyboard: false });
    }
  }

  // The outline is cut for a globe: a ring may step over the antimeridian or around a pole. On a flat map such a
  // step would draw a line across the world, so the ring goes on past 180 degrees, or down along the pole.
  function flatten(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) {
      let turn = 0;
      let before = ring[0][0];
      for (const point of ring) {
        const step = point[0] - before;
        before = point[0];
        if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
        point[0] += turn;
      }
      const lons = ring.map((point) => point[0]);
      const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
      const home = Math.abs(middle) > 180 ? -Math.sign(middle) * 360 : 0; // the ring began beyond the step
      for (const point of ring) point[0] += home;
      if (turn !== 0) ring.push([ring[ring.length - 1][0], -90], [ring[0][0], -90], ring[0]);
    }
  }

  // west,south,east,north of the view, never outside the one world that the server knows
  function viewport(map) {
    const b = map.getBounds();
    const clamp = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(5);
    return [clamp(b.getWest(), 180), clamp(b.getSouth(), 90), clamp(b.getEast(), 180), clamp(b.getNorth(), 90)].join(",");
  }

  window.Dateline.Basemap = Basemap;
  window.Dateline.viewport = viewport;
})();
