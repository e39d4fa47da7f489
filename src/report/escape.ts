/**
 * What a certificate says is somebody else's text. On a terminal, control characters could move the cursor and change
 * colours, bidirectional controls could turn a line around, and invisible characters could hide in a name: each is shown
 * as its code point instead.
 */
const unsafeRanges: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x00, 0x1f, 'C0 controls'],
  [0x7f, 0x9f, 'DEL and C1 controls'],
  [0xad, 0xad, 'soft hyphen'],
  [0x034f, 0x034f, 'combining grapheme joiner'],
  [0x061c, 0x061c, 'Arabic letter mark'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x17b4, 0x17b5, 'Khmer inherent vowels'],
  [0x180b, 0x180f, 'Mongolian selectors'],
  [0x200b, 0x200f, 'zero width and direction marks'],
  [0x2028, 0x202e, 'line separators and bidirectional controls'],
  [0x2060, 0x206f, 'word joiner, isolates, deprecated controls'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'halves of surrogate pairs'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'byte order mark'],
  [0xffa0, 0xffa0, 'half-width Hangul filler'],
  [0xfff0, 0xffff, 'specials'],
  [0x1bca0, 0x1bca3, 'shorthand format controls'],
  [0x1d173, 0x1d17a, 'musical format controls'],
  [0xe0000, 0xe0fff, 'tags and variation selectors'],
]

const unsafe = new RegExp(
  `[${unsafeRanges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')}]`,
  'gu',
)

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

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for the content or a quoted attribute of HTML and XML, with nothing invisible in it. */
export function escapeMarkup(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => entities[character] as string)
}
