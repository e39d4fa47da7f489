import type { Profile } from '../profile.ts'
import { auto } from './auto.ts'
import { bpce } from './bpce.ts'
import { crypto } from './crypto.ts'
import { issuer, qsealc, qsealcPsd2, qwac, qwacPsd2 } from './kinds.ts'

/** Profiles by name. */
export const profiles: Readonly<Record<string, Profile>> = {
  auto,
  'qwac-psd2': qwacPsd2,
  'qsealc-psd2': qsealcPsd2,
  qwac,
  qsealc,
  issuer,
  bpce,
  crypto,
}
