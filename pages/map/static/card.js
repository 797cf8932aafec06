// The card of one incident, or the list behind a bubble. Everything shown is set as text, never as HTML.
(function () {
  "use strict";
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  };
  const webAddress = (href) => /^https?:\/\//i.test(href || "");

  class Card {
    constructor(container, onClose) {
      this.element = make("section", "dl-card");
      this.element.setAttribute("role", "dialog");
      this.element.setAttribute("aria-label", "Incident");
      this.element.hidden = true;
      this.onClose = onClose;
      container.appendChild(this.element);
      L.DomEvent.disableClickPropagation(this.element);
      L.DomEvent.disableScrollPropagation(this.element);
      container.addEventListener("keydown", (e) => e.key === "Escape" && this.close());
    }

    close() {
      if (this.element.hidden) return;
      this.element.hidden = true;
      this.onClose();
    }

    open(...content) {
      const button = make("button", "dl-close", "×");
      button.type = "button";
      button.setAttribute("aria-label", "Close");
      button.addEventListener("click", () => this.close());
      this.element.replaceChildren(button, ...content);
      this.element.scrollTop = 0;
      this.element.hidden = false;
    }

    message(text) {
      this.open(make("p", "dl-note", text));
    }

    list(title, items, onPick, rest) {
      const rows = items.map((item) => {
        const row = make("button", "dl-row");
        row.type = "button";
        const dot = make("span", "dl-dot");
        dot.style.background = item.colour;
        row.append(dot, make("span", "dl-row-title", item.title), make("span", "dl-row-date", item.date));
        row.addEventListener("click", () => onPick(item.id));
        return row;
      });
      this.open(make("h2", "", title), ...rows, make("p", "dl-note", rest));
    }

    show(card, colour) {
      const kicker = make("p", "dl-kicker", card.kicker);
      kicker.style.borderColor = colour;
      this.open(kicker, make("h2", "", card.title), ...card.sections.map(section));
    }
  }

  function section(spec) {
    const box = make("div", "dl-section");
    if (spec.label) box.append(make("h3", "", spec.label));
    if (spec.text) box.append(make("p", "", spec.text));
    if (spec.note) box.append(make("p", "dl-note", spec.note));
    if (spec.items && spec.items.length) {
      const list = make("ul");
      list.append(...spec.items.map(listItem));
      box.append(list);
    }
    return box;
  }

  function listItem(item) {
    const row = make("li");
    if (item.mark) row.append(make("span", "dl-mark", item.mark));
    const body = make("div");
    if (webAddress(item.href)) {
      const link = make("a", "", item.text);
      link.href = item.href;
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow";
      body.append(link);
    } else {
      body.append(make("span", "", item.text));
    }
    if (item.detail) body.append(make("p", "dl-note", item.detail));
    row.append(body);
    return row;
  }

  window.Dateline.Card = Card;
})();
