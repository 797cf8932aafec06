// Ties the map to the server: asks /api/cells after every move, shows the answer, opens cards.
(function () {
  "use strict";
  const VIEW_KEY = "dateline.view";
  const DEEPEST = 18;

  class LivingMap {
    constructor(map, config) {
      this.map = map;
      this.config = config;
      this.base = window.location.pathname.split("/component/")[0];
      this.query = null;
      this.bubbles = new window.Dateline.Bubbles(config.colours).addTo(map);
      this.basemap = new window.Dateline.Basemap(map, {
        coarse: this.url("/assets/countries-50m.json"),
        fine: this.url("/assets/countries-10m.json"),
        towns: this.url("/api/towns"),
      });
      this.areas = L.layerGroup().addTo(map);
      this.card = new window.Dateline.Card(map.getContainer(), () => this.deselect());
      this.status = new Status(map.getContainer(), () => this.fit());
      fitControl(() => this.fit()).addTo(map);
      map.attributionControl.setPrefix('<a href="https://leafletjs.com" target="_blank" rel="noopener">Leaflet</a>');
      map.attributionControl.addAttribution(config.attribution);
      this.restoreView();
      map.on("moveend", () => this.moved());
      map.on("click", (event) => this.clicked(event.containerPoint));
      map.on("mousemove", (event) => {
        map.getContainer().style.cursor = this.bubbles.hit(event.containerPoint, 2) ? "pointer" : "";
      });
      new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());
    }

    url(path) {
      return this.base + path;
    }

    // Called from the page on every run with what changed there: filters, theme, data version, wanted card.
    update(params) {
      if (params.review) return this.review(params);
      const theme = window.Dateline.theme(params.theme);
      document.body.dataset.theme = params.theme;
      this.theme = theme;
      this.bubbles.setTheme(theme);
      this.basemap.setTheme(theme);
      this.bounds = params.bounds;
      const changed = params.query !== this.query || params.version !== this.version;
      const first = this.query === null;
      this.query = params.query;
      this.version = params.version;
      if (changed) {
        this.card.close();
        if (first && !recall()) this.fit(params.first_look);
        this.refresh();
      }
      if (params.event && params.event !== this.wanted) this.openEvent(params.event, true);
      this.wanted = params.event;
    }

    // A page that asks about one incident: its candidates alone, whatever was looked at before.
    review(params) {
      document.body.dataset.theme = params.theme;
      this.bubbles.setTheme(window.Dateline.theme(params.theme));
      this.basemap.setTheme(window.Dateline.theme(params.theme));
      this.areas.clearLayers();
      this.drawAreas(params.areas, params.colour);
      const container = this.map.getContainer();
      container.dataset.marks = params.areas.features.map((f) => f.properties.mark).join("");
      if (this.reviewed === params.review) return;
      this.reviewed = params.review;
      this.bounds = params.bounds;
      this.fit();
      window.setTimeout(() => this.fit(), 300); // the map's own first look may still be under way
      container.onclick = () => window.parent.document.activeElement.blur(); // keys go to the page again
    }

    moved() {
      if (this.reviewed) return;
      const c = this.map.getCenter();
      remember({ lat: c.lat, lon: c.lng, zoom: this.map.getZoom() });
      if (this.query !== null) this.refresh();
    }

    restoreView() {
      const view = recall();
      if (view) this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    }

    fit(bounds = this.bounds) {
      if (bounds) this.map.fitBounds(bounds, { padding: [30, 30], maxZoom: 11, animate: false });
    }

    // Several reasons to ask in one moment (a fit, a resize, a filter) are asked once.
    refresh() {
      if (this.asking) return;
      this.asking = requestAnimationFrame(() => {
        this.asking = null;
        this.ask();
      });
    }

    async ask() {
      const parts = [`bbox=${window.Dateline.viewport(this.map)}`, `zoom=${Math.round(this.map.getZoom())}`, this.query];
      if (this.pending) this.pending.abort();
      const pending = (this.pending = new AbortController());
      try {
        const response = await fetch(`${this.url("/api/cells")}?${parts.filter(Boolean).join("&")}`,
          { signal: pending.signal });
        const answer = await response.json();
        if (!response.ok) throw new Error(answer.description || response.statusText);
        this.bubbles.show(answer.cells, answer.regions);
        this.map.getContainer().dataset.shown = String(answer.shown);
        const placed = answer.total - answer.unplaced;
        if (answer.shown) this.status.clear();
        else if (placed) this.status.say("No incidents in this view.", "Show those that match");
        else if (answer.total) this.status.say("None of the incidents that match has a place on the map.");
        else this.status.say("No incident matches the filters.");
        performance.mark("dateline-bubbles");
      } catch (error) {
        if (error.name !== "AbortError") this.status.say(`The map could not be read: ${error.message}`);
      }
    }

    clicked(point) {
      const mark = this.bubbles.hit(point, 8);
      if (!mark) return this.card.close();
      const { item, kind } = mark;
      if (item.id) return this.openEvent(item.id);
      const zoom = this.map.getZoom();
      if (kind === "cluster" && zoom < DEEPEST && !item.ids) {
        return this.map.setView([item.lat, item.lon], Math.min(DEEPEST, zoom + 2));
      }
      return this.openList(item, kind);
    }

    async openList(item, kind) {
      const response = await fetch(this.url(`/api/events?ids=${item.ids.map(encodeURIComponent).join(",")}`));
      const answer = await response.json();
      if (!response.ok) return this.card.message(answer.description || "These incidents could not be read.");
      const what = item.count === 1 ? "1 incident" : `${item.count} incidents`;
      const title = kind === "region" ? `${what} known only to be in ${item.name}` : `${what} at this place`;
      const rows = answer.events.map((event) => ({ ...event, colour: this.config.colours[event.type] }));
      const rest = item.count - rows.length;
      this.deselect();
      this.card.list(title, rows, (id) => this.openEvent(id), rest > 0 ? `and ${rest} more: filter to see them` : "");
    }

    async openEvent(id, move) {
      const response = await fetch(this.url(`/api/events/${encodeURIComponent(id)}`));
      const answer = await response.json();
      if (!response.ok) return this.card.message(answer.description || "This incident could not be read.");
      this.deselect();
      this.bubbles.select(id);
      this.drawAreas(answer.areas, this.config.colours[answer.event_type]);
      this.card.show(answer.card, this.config.colours[answer.event_type]);
      if (move && this.areas.getLayers().length) {
        const { x, y } = this.map.getSize();
        const beside = x > 560 ? [400, 40] : [30, y * 0.62]; // what the card covers
        this.map.fitBounds(L.featureGroup(this.areas.getLayers()).getBounds(),
          { paddingTopLeft: [40, 40], paddingBottomRight: beside, maxZoom: 11, animate: false });
      }
    }

    drawAreas(areas, colour) {
      const shapes = L.geoJSON(areas, {
        interactive: false,
        filter: (f) => f.geometry && f.geometry.type !== "Point",
        style: (f) => ({ color: colour, weight: f.properties.kind === "candidate" ? 1.5 : 2, dashArray: "5 4",
          fillColor: colour, fillOpacity: f.properties.kind === "candidate" ? 0.2 : 0.05 }),
      });
      this.areas.addLayer(shapes);
      for (const feature of areas.features) {
        const { mark, at, label } = feature.properties;
        if (mark) this.areas.addLayer(candidateMark(mark, label, at));
      }
    }

    deselect() {
      this.areas.clearLayers();
      this.bubbles.select(null);
    }
  }

  function candidateMark(mark, label, at) {
    const element = document.createElement("div");
    element.className = "dl-candidate";
    element.textContent = mark;
    element.title = label;
    return L.marker(at, { interactive: false, keyboard: false, pane: "markerPane",
      icon: L.divIcon({ html: element, className: "dl-candidate-box", iconSize: [20, 20] }) });
  }

  // One line over the map, with a button where there is something to do about it.
  class Status {
    constructor(container, onClick) {
      this.element = L.DomUtil.create("p", "dl-status", container);
      this.element.setAttribute("role", "status");
      this.element.hidden = true;
      L.DomEvent.disableClickPropagation(this.element);
      this.onClick = onClick;
    }
    clear() {
      this.element.hidden = true;
    }
    say(text, action) {
      this.element.replaceChildren(text);
      if (action) {
        const button = L.DomUtil.create("button", "", this.element);
        button.type = "button";
        button.textContent = action;
        button.addEventListener("click", this.onClick);
      }
      this.element.hidden = false;
    }
  }

  function fitControl(onClick) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("a", "dl-fit", box);
      button.href = "#";
      button.title = "Show all incidents that match";
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", button.title);
      button.textContent = "⤢";
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.stop(event);
        onClick();
      });
      return box;
    };
    return control;
  }

  function remember(view) {
    try {
      window.sessionStorage.setItem(VIEW_KEY, JSON.stringify(view));
    } catch { /* storage may be switched off; the view is then not kept, which is all */ }
  }
  function recall() {
    try {
      return JSON.parse(window.sessionStorage.getItem(VIEW_KEY));
    } catch {
      return null;
    }
  }

  window.Dateline.attach = (map, config) => (window.Dateline.living = new LivingMap(map, config));
  window.Dateline.update = (params) => window.Dateline.living.update(params);
})();
