/** A row of the requirements table that is no rule of its own, and why. */
export interface NotRule {
  readonly requirement: string
  readonly reason: string
}

/** Rows that only allow something, or that other rules carry. The coverage table lists them beside the rules. */
export const notRules: readonly NotRule[] = [
  {
    requirement: 'EN319412-3:LEG-4.2.1-9-length',
    reason: 'MAY: names longer than 64 characters are allowed, so no rule and no reader bounds them',
  },
  {
    requirement: 'EN319412-4:WEB-4.1.2-1-evcg',
    reason: 'refers to the EV Guidelines as a whole: the rules of that folder apply where the policy is QEVCP-w',
  },
  {
    requirement: 'EN319412-4:WEB-4.1.4-1-brg',
    reason:
      'refers to the Baseline Requirements as a whole: the rules of that folder apply to certificates for web sites',
  },
  {
    requirement: 'EN319412-4:WEB-4.1.3-3-gen',
    reason: 'refers to EN 319 412-3 clause 4.2: the rules of that folder apply where the policy is QNCP-w-gen',
  },
  {
    requirement: 'TS119495:GEN-5.2.1-4-alt',
    reason:
      'MAY: another scheme than PSD is allowed where there is no authorization number, which no certificate shows',
  },
  {
    requirement: 'TS119495:GEN-5.2.1-prefix',
    reason:
      'MAY: tells readers where to split the identifier, which the reader does; it demands nothing of a certificate',
  },
  {
    requirement: 'TS119495:GEN-5.3-1-qwac',
    reason: 'refers to EN 319 412-4 as a whole: the rules of that folder apply to every QWAC',
  },
  {
    requirement: 'TS119495:GEN-5.4-1-qseal',
    reason: 'refers to EN 319 412-3 as a whole: the rules of that folder apply to every QSealC',
  },
]
