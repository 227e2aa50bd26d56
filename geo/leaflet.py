"""The page's map script, built once per configuration by folium; the only module that imports folium.

folium is the builder of the Leaflet map here, not of the markers: stock folium asks other hosts for files, needs
inline scripts and gives random ids. This subclass has none of that. Nothing that a person typed goes through it;
points arrive as GeoJSON and are drawn by our own static script through `hooks`:

    const {map, refresh} = window.wendyMap(element, {
      render(featureCollection, map) {},   // draw them; the element gets data-state="ready" after the first time
      filters() { return "amenity=toilets" },            // optional: more query for the data address
      failed(error) {},                                  // optional: the data did not come
      words: {zoomIn, zoomOut},                          // optional: titles in the reader's language
      start: {lat, lon, zoom} or {bbox: [w, s, e, n]},   // optional: instead of the configured start
    });
"""

import hashlib
from dataclasses import dataclass

import folium
from branca.element import Figure
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.bbox import BBox
from geo.point import Point


@dataclass(frozen=True, slots=True)
class MapConfig:
    """What the operator's settings and the stored places decide about the map.

    `tiles_url` has {z}, {x}, {y} and may have {theme}, which becomes "light" or "dark"; `attribution` is the
    operator's HTML for the corner; `bounds` is where the map may be moved.
    """

    tiles_url: str
    attribution: str
    min_zoom: int
    max_zoom: int
    bounds: BBox
    start: Point
    start_zoom: int
    data_url: str


class ViewportLayer(JSCSSMixin):
    """Fetches GeoJSON for what is seen whenever the map came to rest; the newest question wins."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro script(this, kwargs) %}
  const layer = {{ this._parent.get_name() }};
  let asked = null;
  const edge = function (longitude) { return L.latLng(0, longitude).wrap().lng.toFixed(5); };
  const box = function () {
    const seen = layer.getBounds();
    const south = Math.max(-90, seen.getSouth()).toFixed(5);
    const north = Math.min(90, seen.getNorth()).toFixed(5);
    const whole = seen.getEast() - seen.getWest() >= 360;
    return [whole ? -180 : edge(seen.getWest()), south, whole ? 180 : edge(seen.getEast()), north].join(",");
  };
  const refresh = async function () {
    if (asked) asked.abort();
    const mine = asked = new AbortController();
    const more = hooks.filters ? hooks.filters() : "";
    const query = "?bbox=" + box() + "&zoom=" + Math.round(layer.getZoom()) + (more ? "&" + more : "");
    try {
      const answer = await fetch({{ this.data_url|tojavascript }} + query, {signal: mine.signal});
      if (!answer.ok) throw new Error("HTTP " + answer.status);
      const features = await answer.json();
      if (mine !== asked) return;
      hooks.render(features, layer);
      element.dataset.state = "ready";
    } catch (error) {
      if (error.name === "AbortError") return;
      element.dataset.state = "failed";
      if (hooks.failed) hooks.failed(error);
    }
  };
  layer.on("moveend", refresh);
  refresh();
        {% endmacro %}
        """
    )

    def __init__(self, data_url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium's mixin has no types
        self._name = "ViewportLayer"
        self.data_url = data_url


class WendyMap(folium.Map):
    """folium's map without its hosts, its inline parts and its random ids."""

    # The page links Leaflet from our own host. The lists are the class's own: folium's are shared by all maps.
    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro script(this, kwargs) %}
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const words = hooks.words || {};
  const {{ this.get_name() }} = L.map(element, {
    ...{{ this.options|tojavascript }},
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still
  });
  const map = {{ this.get_name() }};
  map.attributionControl.setPrefix(false);
  L.control.zoom({
    position: {{ this.zoom_control|tojavascript }},
    zoomInTitle: words.zoomIn || "+", zoomOutTitle: words.zoomOut || "\u2212"
  }).addTo(map);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const address = function () {
    return {{ this.tiles_url|tojavascript }}.split("{theme}").join(dark.matches ? "dark" : "light");
  };
  const tiles = L.tileLayer(address(), {{ this.tile_options|tojavascript }}).addTo(map);
  dark.addEventListener("change", function () { tiles.setUrl(address()); });
  const start = hooks.start || {};
  if (start.bbox) {
    map.fitBounds([[start.bbox[1], start.bbox[0]], [start.bbox[3], start.bbox[2]]]);
  } else if (start.zoom !== undefined) {
    map.setView([start.lat, start.lon], start.zoom);
  } else {
    map.setView({{ this.location|tojavascript }}, {{ this.start_zoom }});
  }
        {% endmacro %}
        """
    )

    def __init__(self, config: MapConfig) -> None:
        super().__init__(
            location=[config.start.lat, config.start.lon],
            tiles=None,
            zoom_control="bottomright",
            keyboard=True,
            min_zoom=config.min_zoom,
            max_zoom=config.max_zoom,
            max_bounds_viscosity=0.8,
        )
        self._id = hashlib.sha256(repr(config).encode()).hexdigest()[:12]
        self.tiles_url = config.tiles_url
        self.start_zoom = config.start_zoom
        # Zoom and centre come later by setView: the reader's own start may replace them.
        del self.options["zoom"]
        self.options["zoom_control"] = False
        self.options["min_zoom"], self.options["max_zoom"] = config.min_zoom, config.max_zoom
        self.options["max_bounds"] = _corners(config.bounds.expanded(0.5))
        self.tile_options = {
            "attribution": config.attribution,
            "min_zoom": config.min_zoom,
            "max_zoom": config.max_zoom,
            "keep_buffer": 1,
        }


def map_script(config: MapConfig) -> str:
    """The whole external script of the map: same configuration, same bytes; no other host, no inline HTML."""
    built = WendyMap(config)
    layer = ViewportLayer(config.data_url)
    layer._id = built._id
    built.add_child(layer)
    figure = built.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("folium puts every map into a figure")
    figure.render()
    body = "\n".join(part.render().strip("\n") for part in figure.script._children.values())
    return (
        "// The map of Isole di Wendy, built by folium.\n"
        "window.wendyMap = function (element, hooks) {\n"
        '  "use strict";\n'
        f"{body}\n"
        "  return {map: map, refresh: refresh};\n"
        "};\n"
    )


def _corners(box: BBox) -> list[list[float]]:
    """A box as Leaflet writes it, latitude first; one across the antimeridian goes on beyond 180."""
    return [[box.south, box.west], [box.north, box.west + box.width]]
