import type { Profile } from '../profile.ts'
import { auto } from './auto.ts'

const { rules } = auto

export const qwacPsd2: Profile = {
  name: 'qwac-psd2',
  title: 'a QWAC of a payment service provider, whatever the certificate says of itself',
  type: 'QWAC',
  psd2: true,
  rules,
}

export const qsealcPsd2: Profile = {
  name: 'qsealc-psd2',
  title: 'a QSealC of a payment service provider, whatever the certificate says of itself',
  type: 'QSealC',
  psd2: true,
  rules,
}

export const qwac: Profile = {
  name: 'qwac',
  title: 'a QWAC, of a payment service provider where it carries PSD2 attributes',
  type: 'QWAC',
  rules,
}

export const qsealc: Profile = {
  name: 'qsealc',
  title: 'a QSealC, of a payment service provider where it carries PSD2 attributes',
  type: 'QSealC',
  rules,
}

/** Rules for leaves stay silent on an authority: what is left is encoding, keys and the place in the chain. */
export const issuer: Profile = {
  name: 'issuer',
  title: 'the certificate of an issuing authority',
  type: 'CA',
  rules,
}
