import type { PspRole } from '../eidas/index.ts'

/** The scopes of the page, and the role in the certificate that grants each (ETSI TS 119 495 5.2.2). */
export const scopeRoles = {
  aisp: 'PSP_AI',
  pisp: 'PSP_PI',
  cbpii: 'PSP_IC',
} as const satisfies Record<string, PspRole>

export type Scope = keyof typeof scopeRoles

export const scopes = Object.keys(scopeRoles) as readonly Scope[]

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeRoles, text)
}

/** A value of `scope` taken apart at its commas, blanks around them removed. */
export function splitScope(text: string): readonly string[] {
  return text.split(',').map((element) => element.replace(/^ +| +$/g, ''))
}

/** A value of `scope` as RFC 7591 has it, taken apart at blanks; undefined where it is not one. */
export function splitBlankScope(text: string): readonly string[] | undefined {
  const elements = text.split(' ')
  return elements.length > 1 && elements.every(isScope) ? elements : undefined
}

/** As the bank is known to accept it: in the order of the page, commas without blanks. */
export function formatScope(elements: readonly Scope[]): string {
  return scopes.filter((scope) => elements.includes(scope)).join(',')
}
