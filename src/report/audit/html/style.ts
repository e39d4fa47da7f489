/** Everything that the page looks like: nothing is loaded, and nothing depends on a script. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f7f9; --text: #1a2027; --dim: #56606b; --line: #d3d9df; --link: #0b57a4;
  --bad: #b3261e; --warn: #8a5300; --good: #1b6e3c; --note: #2b5c8a; --grave: #6a1b9a; --neutral: #4a78a8; --gone: #6b7280;
  --bad-bg: #fde7e5; --warn-bg: #fff0d1; --good-bg: #e2f4e8; --note-bg: #e3eefa; --grave-bg: #f3e5f8; --gone-bg: #eceff2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10151b; --panel: #181f27; --text: #e4e9ee; --dim: #a0abb7; --line: #303a45; --link: #7cb7f5;
    --bad: #ff8f86; --warn: #eeb75b; --good: #6fd08c; --note: #8fc1f0; --grave: #d9a2ef; --neutral: #6f9fd1; --gone: #9aa4b0;
    --bad-bg: #46201e; --warn-bg: #43310f; --good-bg: #173a24; --note-bg: #1b344d; --grave-bg: #3b2145; --gone-bg: #2a323b;
  }
}
* { box-sizing: border-box }
html { scroll-behavior: auto; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem }
header { padding-top: 2.5rem }
.skip { position: absolute; left: -999rem } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1 }
a { color: var(--link) } a:focus-visible, summary:focus-visible, pre:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; font-weight: 650; letter-spacing: -.01em }
h2 { font-size: 1.35rem; margin: 2.75rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--text); font-weight: 650 }
h3 { font-size: 1.1rem; margin: 0 0 .25rem; font-weight: 650; overflow-wrap: anywhere }
h4 { font-size: 1rem; margin: 1.5rem 0 .5rem; font-weight: 650 }
p { margin: .5rem 0; max-width: 48rem } .dim { color: var(--dim) } .n { text-align: right; font-variant-numeric: tabular-nums }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace; font-size: .84em }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: .75rem 0; max-width: 60rem }
dl.facts dt { color: var(--dim) } dl.facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0 }
.callout { border-left: 4px solid var(--warn); background: var(--warn-bg); padding: .6rem 1rem; margin: 1rem 0; max-width: 60rem } .callout p { margin: .2rem 0 }
.tag { display: inline-block; padding: .05rem .5rem; border-radius: .25rem; font-size: .8rem; font-weight: 650; letter-spacing: .02em; border: 1px solid currentColor; white-space: nowrap }
.tag.pass { color: var(--good); background: var(--good-bg) } .tag.fail, .tag.error { color: var(--bad); background: var(--bad-bg) }
.tag.unreadable, .tag.accepted { color: var(--gone); background: var(--gone-bg) } .tag.fatal { color: var(--grave); background: var(--grave-bg) }
.tag.warning { color: var(--warn); background: var(--warn-bg) } .tag.notice, .tag.info { color: var(--note); background: var(--note-bg) }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); gap: 1.5rem 2.5rem; align-items: start }
figure { margin: 1.25rem 0; min-width: 0 } figcaption, caption { text-align: left; font-weight: 650; margin-bottom: .4rem; padding: 0 }
svg.parts { width: 100%; height: 1.75rem; display: block } svg.timeline { width: 100%; height: auto; display: block } svg.bar { width: 100%; height: .75rem; display: block } svg.key { width: .7rem; height: .7rem; margin-right: .4rem }
svg rect.bad { fill: var(--bad) } svg rect.warn { fill: var(--warn) } svg rect.good { fill: var(--good) } svg rect.note { fill: var(--note) } svg rect.grave { fill: var(--grave) } svg rect.neutral { fill: var(--neutral) } svg rect.gone { fill: var(--gone) }
svg text { fill: var(--dim); font: 13px system-ui, sans-serif } svg text.value { text-anchor: middle; fill: var(--text) } svg text.now { fill: var(--text) }
svg line.grid { stroke: var(--line) } svg line.axis { stroke: var(--dim) } svg line.now { stroke: var(--text); stroke-dasharray: 4 3 }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0; padding: 0; font-size: .92rem }
table { border-collapse: collapse; width: 100%; font-size: .92rem } th, td { text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top; border-bottom: 1px solid var(--line) } th { font-weight: 600 } tbody th { font-weight: 400 }
thead th, thead td { color: var(--dim); font-size: .85rem; white-space: nowrap } table.bars td.chart { width: 32%; min-width: 3rem; padding: .62rem 0 .35rem .25rem } table.bars th[scope=row] { overflow-wrap: break-word; word-break: break-word }
.scroll { overflow-x: auto } table.list { min-width: 48rem } table.list tbody th { min-width: 16rem; max-width: 24rem; overflow-wrap: anywhere } table.list td { overflow-wrap: break-word } table.list td:nth-child(5) { white-space: nowrap }
section.certificate { border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem 1.5rem; margin: 1.5rem 0; background: var(--paper); content-visibility: auto; contain-intrinsic-size: auto 900px }
.finding { border-top: 1px solid var(--line); padding: .9rem 0 .4rem } .finding h5 { margin: 0 0 .2rem; font-size: .98rem; font-weight: 650; overflow-wrap: anywhere } .finding p { margin: .2rem 0 }
.finding ul { margin: .3rem 0; padding-left: 1.2rem } .finding li { overflow-wrap: anywhere; margin: .2rem 0 }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .35rem; padding: .6rem .8rem; margin: .5rem 0; overflow-x: auto; line-height: 1.45; font-size: .78rem } pre b { color: var(--dim); font-weight: 400 }
mark { color: inherit; background: var(--note-bg); border-bottom: 2px solid var(--note) } mark.error { background: var(--bad-bg); border-bottom: 2px solid var(--bad) } mark.fatal { background: var(--grave-bg); border-bottom: 3px double var(--grave) } mark.warning { background: var(--warn-bg); border-bottom: 2px dashed var(--warn) } mark.notice, mark.info { border-bottom-style: dotted }
summary { cursor: pointer; padding: .3rem 0; color: var(--link) } footer { padding: 2rem 1.5rem 3rem; color: var(--dim); font-size: .9rem }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; gap: 0 } dl.facts dd { margin-bottom: .5rem } section.certificate { padding: 1rem } }
@media print {
  :root { --paper: #fff; --panel: #fff; --text: #000; --dim: #444; --line: #bbb; --link: #000; --bad: #a01010; --warn: #7a4a00; --good: #14602f; --note: #234f78; --grave: #5b1585; --neutral: #4a78a8; --gone: #555; --bad-bg: #fbe3e1; --warn-bg: #fdeecb; --good-bg: #e2f4e8; --note-bg: #e3eefa; --grave-bg: #f3e5f8; --gone-bg: #eee }
  @page { size: A4; margin: 16mm 14mm }
  body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact } main, header, footer { max-width: none; padding-left: 0; padding-right: 0 }
  section.certificate { content-visibility: visible; border: 0; border-top: 1px solid #000; border-radius: 0; padding: .5rem 0; break-before: auto }
  h2, h3, h4, h5, summary, caption { break-after: avoid } tr, .finding > p, dl.facts, figure svg { break-inside: avoid } thead { display: table-header-group }
  pre { white-space: pre; overflow: visible; font-size: 6.6pt } a { text-decoration: none } .skip { display: none } .scroll { overflow: visible } table.list { min-width: 0; font-size: 8pt }
  details::details-content { content-visibility: visible; block-size: auto } details > summary { list-style: none }
}
`
  .replace(/\n\s*/g, '\n')
  .trim()
