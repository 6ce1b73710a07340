// Maps: each <div data-map> names its data; the style sheet of the map is build/map.css.
