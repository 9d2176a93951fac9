"""The style sheet of an exported page: one column that fits a phone, a reader's light or dark, and paper."""

from ipuwhatif.charts import palette
from ipuwhatif.export.html.page_shapes import Inks

_LIGHT, _DARK = "light", "dark"
_RULES = """
*{box-sizing:border-box}
html{background:var(--background);color:var(--text);-webkit-text-size-adjust:100%}
body{margin:0;font:16px/1.5 FAMILIES;font-variant-numeric:tabular-nums}
main,footer{max-width:1120px;margin:0 auto;padding:0 16px}
h1,h2{font-size:1.4rem;line-height:1.3;margin:24px 0 12px;overflow-wrap:anywhere}
section+section{border-top:1px solid var(--border);margin-top:40px}
p,li,td,th,h1,h2,text{unicode-bidi:isolate}
nav ol{margin:16px 0;padding-left:24px}
a{color:var(--accent);overflow-wrap:anywhere}
.chart,.table{overflow-x:auto}
.chart{margin:0 -12px}
.chart:focus-visible,.table:focus-visible,a:focus-visible,button:focus-visible,
th:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.drawing{display:block;width:100%;min-width:720px;height:auto;font-family:FAMILIES}
.drawing text{white-space:pre}
.chart[hidden],.way[hidden],.switches[hidden],#card[hidden]{display:none}
.switches{display:flex;flex-wrap:wrap;gap:8px 16px;margin:16px 0 0}
.scenarios{display:inline-flex;flex-wrap:wrap;gap:4px}
button{font:inherit;font-size:.85rem;padding:3px 12px;color:var(--text);background:var(--surface);cursor:pointer;
border:1px solid var(--border);border-radius:4px;max-width:34ch;overflow-wrap:anywhere}
button[aria-pressed=true]{border-color:var(--accent);color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.scenario{margin:16px 0 -18px;color:var(--muted-text);font-size:.85rem;overflow-wrap:anywhere}
#card{position:fixed;z-index:1;max-width:min(380px,90vw);padding:6px 10px;font-size:.8rem;line-height:1.4;
pointer-events:none;overflow-wrap:anywhere;background:var(--surface);border:1px solid var(--border);border-radius:6px;
box-shadow:0 2px 8px rgba(0,0,0,.2)}
thead th[aria-sort]{cursor:pointer}
thead th[aria-sort=ascending]::after{content:" ▲"}
thead th[aria-sort=descending]::after{content:" ▼"}
.sideways{display:none}
@media screen and (max-width:760px){.sideways{display:block;margin:0 0 6px;color:var(--muted-text);font-size:.8rem}
.drawing{min-width:600px}}
.notices p{margin:6px 0;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:20px 0;font-size:.85rem}
th,td{padding:5px 16px 5px 0;border-bottom:1px solid var(--border);text-align:left;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
th{font-weight:600}
.cell{width:max-content;max-width:30ch;overflow-wrap:break-word}
thead th{color:var(--muted-text);vertical-align:bottom}
tbody th{font-weight:400;padding-left:18px;text-indent:-18px}
.decimal{text-align:right;white-space:nowrap}
thead .decimal{white-space:normal;min-width:4.2em}
.swatch{display:inline-block;width:10px;height:10px;margin-right:8px;border-radius:2px}
.footnotes,.sources,footer{color:var(--muted-text);font-size:.8rem}
.footnotes p,footer p{margin:6px 0;overflow-wrap:anywhere}
.sources summary{font-weight:600;margin:12px 0 4px;cursor:pointer}
.sources ul{margin:0;padding-left:18px}
footer{padding-top:16px;padding-bottom:24px}
""".strip()
_PAPER = """
@page{margin:14mm}
body{font-size:10pt}
main,footer{max-width:none;padding:0}
nav,.switches,#card{display:none}
.chart{margin:0}
.chart,.table{overflow:visible}
.drawing{min-width:0}
table{font-size:8pt}
th,td{padding-right:10px}
.cell{width:auto}
.drawing,.swatch{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chart,table,tr,.footnotes p{break-inside:avoid}
h1,h2,summary{break-after:avoid}
thead{display:table-header-group}
section+section{break-before:page;border-top:0;margin-top:0}
""".strip()


def style_sheet(inks: Inks, theme_name: str) -> str:
    """The rules of a page with the colours of its charts.

    A reader who prefers light or dark gets that one, unless the theme is a third; paper is light.
    """
    families = ",".join(f'"{name}"' if " " in name else name for name in palette.FONT_FAMILIES)
    rules = [f":root{{{inks.declared(theme_name)}}}"]
    if theme_name in (_LIGHT, _DARK):
        rules.append(":root{color-scheme:light dark}")
        rules += [
            f"@media screen and (prefers-color-scheme:{name}){{:root{{{inks.declared(name)}}}}}"
            for name in (_LIGHT, _DARK)
        ]
    paper = f":root{{color-scheme:light;{inks.declared(_LIGHT)}}}\n{_PAPER}"
    return "\n".join([*rules, _RULES.replace("FAMILIES", families), f"@media print{{{paper}}}"])
