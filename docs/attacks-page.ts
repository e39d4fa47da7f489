import { type AttackEnd, profileAttacks } from '../vectors/attacks.ts'

const ends: Readonly<Record<AttackEnd['ends'], string>> = {
  refusal: 'refused by the reader',
  finding: 'finding',
  verification: 'refused verification',
}

/** docs/attacks.md from the table of attacks on the profile of a certificate. */
export function attacksPage(): string {
  const lines = [
    '# Attacks on the profile of a certificate',
    '',
    'Made from `vectors/attacks.ts` by `npm run docs:generate`; a test holds each line to its vectors.',
    '',
    '- **refused by the reader**: neither strict nor tolerant reading takes the octets',
    '- **finding**: the certificate is read, and the audit says what is wrong; under `bpce` where that profile is named',
    '- **refused verification**: the certificate may be in order, and who verifies with it is refused',
    '',
    '| family | attack | ends as | by | vectors |',
    '|---|---|---|---|---|',
  ]
  for (const { family, says, ends: all } of profileAttacks) {
    for (const [index, end] of all.entries()) lines.push(row(index === 0 ? family : '', index === 0 ? says : '', end))
  }
  return `${lines.join('\n')}\n`
}

function row(family: string, says: string, { ends: kind, by, vectors, profile }: AttackEnd): string {
  const where = profile === undefined ? '' : `, profile \`${profile}\``
  return `| ${family} | ${says} | ${ends[kind]} | \`${by}\`${where} | ${vectors.map((id) => `\`${id}\``).join(', ')} |`
}
