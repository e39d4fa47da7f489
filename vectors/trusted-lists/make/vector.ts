import { type ListPlan, listText } from './list.ts'
import { signers } from './material.ts'
import { type SignPlan, signList } from './sign.ts'

/** What the store of a list answers about an issuer. */
export interface Lookup {
  /** Id of the CA certificate. */
  readonly issuer: string
  /** Id of a certificate that it issued, where qualifiers are asked about. */
  readonly certificate?: string
  readonly use: 'web' | 'eseal' | 'esign'
  readonly at: string
  /** `granted`, or status and reason. */
  readonly answer: string
}

/** One list, and everything that is to come of it. */
export interface ListVector {
  readonly id: string
  /** Family of the catalogue of attacks, or `control`. */
  readonly family: string
  readonly says: string
  readonly text: string
  /** Default `EUgeneric`. */
  readonly type?: 'EUlistofthelists'
  /** Default 2026-06-01. */
  readonly at?: string
  readonly territory?: string
  readonly minimumSequenceNumber?: number
  /** What reading throws; null where it verifies. */
  readonly error: string | null
  /** What the list has, where it verifies: services with their current status. */
  readonly services?: readonly string[]
  /** Codes of its remarks. */
  readonly remarks?: readonly string[]
  readonly lookups?: readonly Lookup[]
  /** The code that fetching from its pointer is refused with. */
  readonly pointer?: string
}

/** A service for web sites and one for seals, both granted. */
export const web = {
  name: 'Web sites',
  identities: ['ca-web'],
  status: 'granted',
  from: '2025-01-01T00:00:00Z',
  uses: ['ForWebSiteAuthentication'],
} as const
export const seal = {
  name: 'Seals',
  identities: ['ca-seal'],
  status: 'granted',
  from: '2025-01-01T00:00:00Z',
  uses: ['ForeSeals'],
} as const

/** A list of both services, signed by the operator of the national list. */
export function signed(plan: ListPlan = {}, how: Partial<SignPlan> = {}): string {
  return signList(listText({ services: [web, seal], ...plan }), { signer: signers.national, ...how })
}

/** A list of lists that points to the national list and to itself. */
export function listOfLists(plan: ListPlan = {}, how: Partial<SignPlan> = {}): string {
  return signed(
    {
      type: 'EUlistofthelists',
      territory: 'EU',
      sequenceNumber: '300',
      uris: ['https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=uriserv:OJ.C_.2026.001.01.0001.01.ENG'],
      pointers: [
        {
          territory: 'EU',
          location: 'https://lists.example.com/eu.xml',
          type: 'EUlistofthelists',
          signers: ['qsealc-rsa-4096'],
        },
        { territory: 'FR', location: 'https://lists.example.com/fr.xml', signers: ['qsealc-rsa-2048'] },
      ],
      services: [],
      ...plan,
    },
    { signer: signers.lists, ...how },
  )
}
