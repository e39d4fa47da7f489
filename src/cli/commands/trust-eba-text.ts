import { escapeText, type Paint } from '../../report/index.ts'
import type { RegisterAnswer, RegisterMatch, RegisterRule } from '../../trust/index.ts'

const rules: Readonly<Record<RegisterRule, string>> = {
  alias: 'by the alias that was given',
  'entity-code': 'by the number in EntityCode',
  'national-reference': 'by ENT_NAT_REF_COD',
  'entity-code-loose': 'by the number in EntityCode, without blanks, hyphens, dots and leading zeros',
  'national-reference-loose': 'by ENT_NAT_REF_COD, without blanks, hyphens, dots and leading zeros',
}

/** An answer of the register for people. What the register says is somebody else's text, and escaped. */
export function registerAnswerText(answer: RegisterAnswer, paint: Paint): string {
  const { status, code, message, mend, identifier, match, findings, register } = answer
  const emphasis = status === 'match' ? paint.good : status === 'no_match' ? paint.bad : paint.warn
  const lines = [`${escapeText(identifier.value)}  ${emphasis(status)}  ${code}: ${message}`]
  if (match !== undefined) lines.push(...matchLines(match))
  else lines.push(`  mend: ${mend}`)
  for (const finding of findings) {
    const detail = finding.detail === undefined ? '' : ` (${escapeText(finding.detail)})`
    lines.push(`  ${paint.bad(finding.code)}: ${finding.message}${detail}`, `    mend: ${finding.mend}`)
  }
  lines.push(`  register of ${register.newest ?? 'an unknown time'}, SHA-256 ${register.sourceSha256}`)
  return `${lines.join('\n')}\n`
}

function matchLines({
  entity,
  rule,
  authorityByAlias,
  authorisation,
  country,
  roles,
  others,
}: RegisterMatch): string[] {
  const dates = entity.authorisations.map(
    (date, index) => `${index % 2 === 0 ? 'authorised' : 'withdrawn'} ${escapeText(date)}`,
  )
  const alias = authorityByAlias ? ', the authority by an alias' : ''
  return [
    `  ${escapeText(entity.code)}  ${escapeText(entity.type)}  ${escapeText(entity.names.join(' / '))}`,
    `  found ${rules[rule]}${alias}`,
    `  ${authorisation}: ${dates.join(', ') || 'no date'}`,
    ...roles.map((role) => {
      const where = role.countries.length === 0 ? 'nowhere' : escapeText(role.countries.join(', '))
      const service = role.service ?? 'no service'
      return `  ${role.role} (${service}) ${role.status} for ${escapeText(country)}; in ${where}`
    }),
    ...others.map(
      (other) => `  not taken: ${escapeText(other.code)} ${escapeText(other.type)}, ${other.authorisation}`,
    ),
  ]
}
