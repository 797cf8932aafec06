// The map under the incidents without any tile server: land and borders (Natural Earth), towns (gazetteer).
(function () {
  "use strict";
  const FINE_ZOOM = 6; // from here on the 1:10m outline is worth its 3.7 MB

  class Basemap {
    constructor(map, urls) {
      this.map = map;
      this.urls = urls;
      this.theme = window.Dateline.theme("light");
      const under = map.createPane("dateline-land");
      under.style.zIndex = 150; // under tiles (200), when an instance has any
      const renderer = L.canvas({ pane: "dateline-land", padding: 0.5 });
      const options = { renderer, interactive: false, pane: "dateline-land", style: () => this.landStyle() };
      this.coarse = L.geoJSON(null, options).addTo(map);
      this.fine = L.geoJSON(null, options);
      this.waiting = []; // fine countries that have not been looked at yet
      const names = map.createPane("dateline-names");
      names.style.zIndex = 450; // over areas, under bubbles
      names.style.pointerEvents = "none";
      this.labels = L.layerGroup().addTo(map);
      countries(urls.coarse).then((features) => this.coarse.addData(features));
      map.on("moveend", () => {
        this.detail();
        this.label();
      });
      this.label();
    }

    // Shows the fine outline where it is looked at closely, country by country, so that a zoom stays quick.
    async detail() {
      if (this.map.getZoom() < FINE_ZOOM) {
        this.fine.remove();
        this.coarse.addTo(this.map);
        return;
      }
      if (!this.loading) this.loading = countries(this.urls.fine).then((features) => (this.waiting = features));
      await this.loading;
      if (this.map.getZoom() < FINE_ZOOM) return;
      const view = this.map.getBounds().pad(0.5);
      const near = (country) => view.intersects(country.bounds);
      this.waiting.filter(near).forEach((country) => this.fine.addData(country));
      this.waiting = this.waiting.filter((country) => !near(country));
      this.fine.addTo(this.map);
      this.coarse.remove();
    }

    landStyle() {
      return { color: this.theme.border, weight: 0.8, fillColor: this.theme.land, fillOpacity: 1 };
    }

    setTheme(theme) {
      this.theme = theme;
      this.map.getContainer().style.background = theme.sea;
      this.coarse.setStyle(this.landStyle());
      this.fine.setStyle(this.landStyle());
      this.label();
    }

    label() {
      if (this.labelling) return;
      this.labelling = requestAnimationFrame(() => {
        this.labelling = null;
        this.askTowns();
      });
    }

    async askTowns() {
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

  async function countries(url) {
    const world = await (await fetch(url)).json();
    const features = topojson.feature(world, world.objects.countries).features;
    for (const country of features) {
      flatten(country.geometry);
      country.bounds = L.geoJSON(country).getBounds();
    }
    return features;
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
