/** What is wrong with the identifier of an agent. */
export type AgentIdProblem = 'prefix' | 'characters' | 'form' | 'length'

/** It goes into paths and logs. */
const longest = 128

/** True where a registration is that of an agent: its client_legal_id begins with AGT, in whatever case. */
export function isAgentId(clientLegalId: string): boolean {
  return /^AGT/i.test(clientLegalId)
}

/**
 * The first problem of an agent's client_legal_id: `AGT`, country, hyphen, authority, hyphen, and what the TPP chose. The
 * page calls `AGT` a suffix and shows it as a prefix.
 */
export function agentIdProblem(text: string): AgentIdProblem | undefined {
  if (text.length > longest) return 'length'
  if (!text.startsWith('AGT')) return 'prefix'
  if (!/^[\x21-\x7e]*$/.test(text) || /["'\\<>/%?#&;,]/.test(text)) return 'characters'
  return /^AGT[A-Z]{2}-[A-Z]{2,8}-[^-].*$/.test(text) ? undefined : 'form'
}

/** What the page advises: AGT, the number of the TPP without PSD, a serial number. `PSDFR-ACPR-12345` gives `AGTFR-ACPR-12345`. */
export function agentIdStem(organizationIdentifier: string): string {
  return organizationIdentifier.replace(/^PSD/, 'AGT')
}
