// Colours of the drawn map, light and dark; event colours come from the server with the legend.
(function () {
  "use strict";
  const themes = {
    light: {
      sea: "#d9e4ea", land: "#f7f5f0", border: "#b3aaa0", coast: "#a9b8bf",
      town: "#4f5459", country: "#8b857c", halo: "rgba(247,245,240,0.9)",
      cluster: "#27496d", clusterText: "#ffffff", clusterRing: "rgba(39,73,109,0.25)",
      ink: "#1d2328", pinEdge: "#ffffff", disc: "rgba(255,255,255,0.94)",
    },
    dark: {
      sea: "#10171e", land: "#1d252d", border: "#4a5560", coast: "#33414c",
      town: "#b4bcc4", country: "#79838d", halo: "rgba(22,29,36,0.9)",
      cluster: "#8fb8de", clusterText: "#0d1419", clusterRing: "rgba(143,184,222,0.25)",
      ink: "#eef2f5", pinEdge: "#0d1419", disc: "rgba(18,25,31,0.94)",
    },
  };
  window.Dateline = window.Dateline || {};
  window.Dateline.theme = (name) => themes[name === "dark" ? "dark" : "light"];
})();
