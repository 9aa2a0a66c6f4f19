#include "grader/report/html_style.h"

namespace grader::report {

const std::string_view kHtmlStyle = R"css(
:root { color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --ink: #1f2429; --soft: #59616b; --line: #e3dfd6; --accent: #2b5c8c;
  --good: #1b6a3e; --good-soft: #e3f1e7; --bad: #a5281d; --bad-soft: #fbe8e5; --warn: #75500a; --warn-soft: #faf0d9;
  --none-soft: #efede8; --life: #4f7fae; --life-soft: #e4edf6; --lock0: #b0622c; --lock1: #6d4fa3; --lock2: #2f7f7a;
  --lock3: #94406c; --shadow: 0 1px 2px rgb(40 35 25 / .06), 0 4px 16px rgb(40 35 25 / .05); }
@media (prefers-color-scheme: dark) { :root {
  --paper: #14171a; --card: #1c2025; --ink: #e4e7ea; --soft: #a2abb6; --line: #30363d; --accent: #8dbce9;
  --good: #86d3a5; --good-soft: #17342a; --bad: #ff9f94; --bad-soft: #411f1d; --warn: #e9c475; --warn-soft: #392d13;
  --none-soft: #282d33; --life: #6fa3d6; --life-soft: #223243; --lock0: #e3a06b; --lock1: #b8a0ea; --lock2: #74c7c1;
  --lock3: #e29ac0; --shadow: none; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif; }
.wrap { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
.wide { max-width: 90rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.15rem); font-weight: 650; letter-spacing: -.015em; }
h2 { font-size: 1.3rem; font-weight: 650; margin: 3.25rem 0 1rem; }
h3 { font-size: 1.1rem; font-weight: 620; }
p { margin: .5rem 0; }
.soft, .kicker { color: var(--soft); } .small { font-size: .875rem; }
.kicker { font-size: .875rem; letter-spacing: .02em; margin: 0 0 .4rem; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
pre { margin: .25rem 0; padding: .8rem 1rem; background: var(--none-soft); border-radius: 8px; overflow-x: auto;
  white-space: pre; line-height: 1.5; }
pre.command { white-space: pre-wrap; }
.top { padding: 3rem 0 1.5rem; }
.score { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .6rem; margin: 1.6rem 0 .4rem; }
.score strong { font-size: 2.75rem; line-height: 1; font-weight: 680; letter-spacing: -.03em; font-variant-numeric: tabular-nums; }
.bar { display: block; width: 100%; max-width: 26rem; height: .6rem; border-radius: 99px; }
.bar .back { fill: var(--line); } .bar .fill { fill: var(--good); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 1.1rem 0 0; padding: 0; }
.tag { display: inline-block; padding: .12rem .65rem; border-radius: 99px; font-size: .84rem; font-weight: 600; white-space: nowrap; }
.good { background: var(--good-soft); color: var(--good); } .bad { background: var(--bad-soft); color: var(--bad); }
.warn { background: var(--warn-soft); color: var(--warn); } .none { background: var(--none-soft); color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow);
  padding: 1.4rem 1.6rem; margin: 0 0 1.5rem; scroll-margin-top: 1rem; }
.card.isbad { border-left: 4px solid var(--bad); } .card.iswarn { border-left: 4px solid var(--warn); }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; align-items: baseline; margin-bottom: .9rem; }
dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem 1.25rem; margin: 0; }
dt { color: var(--soft); font-size: .9rem; padding-top: .06rem; } dd { margin: 0; min-width: 0; white-space: pre-line; }
dd ul { margin: 0; padding-left: 1.1rem; white-space: normal; } dd li + li { margin-top: .2rem; }
dl + dl { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px dashed var(--line); }
.hint { background: var(--life-soft); border-radius: 8px; padding: .7rem 1rem; margin: 1.1rem 0; }
.hint strong { color: var(--accent); }
figure { margin: 1.4rem 0; } figcaption { font-size: .875rem; color: var(--soft); margin-bottom: .5rem; }
figcaption strong { color: var(--ink); font-size: 1rem; font-weight: 620; }
.pan { position: relative; overflow: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.pan.tall { max-height: 40rem; } .pan > svg { display: block; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: .55rem 0 0; padding: 0; font-size: .84rem; color: var(--soft); }
.key svg { vertical-align: -.1em; margin-right: .35em; }
details { margin: .8rem 0; } summary { cursor: pointer; color: var(--accent); font-size: .92rem; }
details ol { font-size: .9rem; padding-left: 2.4rem; max-height: 24rem; overflow: auto; }
.pan table, table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .6rem .8rem; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .84rem; font-weight: 600; white-space: nowrap; background: var(--card); }
tbody th { font-weight: 500; min-width: 6.5rem; } .where { min-width: 14rem; } tbody tr:last-child > * { border-bottom: 0; }
.num { text-align: right; white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1rem; margin: 1.8rem 0 0; }
.facts > div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .9rem 1.1rem; box-shadow: var(--shadow); }
.facts dt { padding: 0; } .facts dd { font-size: 1.65rem; font-weight: 650; letter-spacing: -.02em; line-height: 1.3; }
.facts dd span { font-size: .9rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
footer { margin: 4rem 0 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
svg text { font-family: inherit; fill: var(--ink); font-size: 12px; }
svg .soft { fill: var(--soft); font-size: 11px; } svg .name { font-weight: 600; }
svg .mono { font-size: 11.5px; }
.lane { stroke: var(--line); stroke-width: 1; } .zebra { fill: var(--none-soft); opacity: .55; }
.life { fill: var(--life); } .sleep { fill: var(--card); stroke: var(--life); stroke-width: 1.6; }
.zombie { fill: var(--bad-soft); stroke: var(--bad); stroke-width: 1.4; stroke-dasharray: 4 3; }
.fork, .reap, .sends { fill: none; stroke-width: 1.4; } .fork { stroke: var(--life); }
.reap { stroke: var(--good); stroke-dasharray: 2 2.5; } .sends { stroke: var(--warn); }
.fork-tip { fill: var(--life); } .reap-tip { fill: var(--good); } .sends-tip { fill: var(--warn); }
.end { fill: var(--card); stroke: var(--life); stroke-width: 2; } .killed { stroke: var(--bad); stroke-width: 2.4; fill: none; }
.exec { fill: var(--warn); } .print { fill: var(--soft); }
.fail-line { stroke: var(--bad); stroke-width: 1.6; } .fail-band { fill: var(--bad-soft); } svg .fail-text { fill: var(--bad); font-weight: 600; }
.turn { fill: none; stroke: var(--soft); stroke-width: 1; opacity: .45; } .thread { stroke: var(--life); stroke-width: 2; }
.waits { stroke: var(--warn); stroke-width: 2; stroke-dasharray: 3 4; } .step { fill: var(--life); } .step.stop { fill: var(--warn); }
svg .wait-text { fill: var(--warn); }
.lock0 { fill: var(--lock0); } .lock1 { fill: var(--lock1); } .lock2 { fill: var(--lock2); } .lock3 { fill: var(--lock3); }
.hist { fill: var(--life); } .axis { stroke: var(--line); }
.matrix { max-height: 85vh; } .matrix table { width: auto; border-collapse: separate; border-spacing: 0; }
.matrix th, .matrix td { padding: .35rem .5rem; } .matrix td { text-align: center; min-width: 2.1rem; border-left: 1px solid var(--line); }
.matrix thead th { position: sticky; top: 0; z-index: 2; vertical-align: bottom; }
.matrix thead th.check { padding: .6rem .3rem; font-weight: 500; text-align: left; border-left: 1px solid var(--line); }
.matrix thead th.check span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 13rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.matrix .who { position: sticky; left: 0; z-index: 1; background: var(--card); max-width: 15rem; min-width: 8rem; }
.matrix thead .who { z-index: 3; } .matrix td.num, .matrix th.num { text-align: right; border-left: 0; }
td.good, td.bad, td.warn, td.none { font-weight: 700; }
@media (max-width: 40rem) { .wrap { padding: 0 1rem; } .top { padding-top: 1.75rem; } h2 { margin-top: 2.5rem; } .card { padding: 1.1rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; } dd + dt { margin-top: .6rem; } .facts { grid-template-columns: 1fr 1fr; gap: .7rem; }
  th, td { padding: .5rem; } tbody th { min-width: 11rem; } .matrix .who { max-width: 8.5rem; min-width: 6.5rem; } }
@media print { :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --none-soft: #f1f1f1; --shadow: none; }
  body { font-size: 10.5pt; } .top { padding-top: 0; } .wrap { max-width: none; padding: 0; } .card { break-inside: auto; padding: 1rem; }
  h2, h3, .head, figcaption { break-after: avoid; } .pan, .matrix, .pan.tall { overflow: visible; max-height: none; border: 0; }
  .pan svg { max-width: 100%; height: auto; } pre { white-space: pre-wrap; } .skip, details:not([open]) { display: none; }
  .matrix thead th, .matrix .who { position: static; } svg, tr { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
)css";

}  // namespace grader::report
