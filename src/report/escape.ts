/**
 * What a certificate says is somebody else's text. On a terminal, control characters could move the cursor and change
 * colours, bidirectional controls could turn a line around, and invisible characters could hide in a name: each is shown
 * as its code point instead.
 */
const unsafe =
  // C0, DEL, C1; soft hyphen; Arabic letter mark; zero-width, bidi and line separators; word joiner and isolates; BOM;
  // interlinear marks; tags; variation selectors; lone surrogates; private use.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\uddef]/g

/** Text for a terminal or a log: one line, nothing invisible. */
export function escapeText(text: string): string {
  return text.replace(unsafe, (match) => `\\u{${(match.codePointAt(0) as number).toString(16)}}`)
}

/** JSON text with the same characters as `\uXXXX`, which JSON readers turn back. */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (match) => (match === '\n' ? match : escapeUnits(match)))
}

function escapeUnits(match: string): string {
  let text = ''
  for (let i = 0; i < match.length; i++) text += `\\u${match.charCodeAt(i).toString(16).padStart(4, '0')}`
  return text
}
