// Charts: each <figure data-chart="id"> holds a Vega-Lite specification in <script type="application/json" id="id">.
