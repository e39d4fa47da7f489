import { readProfile, type SigningProfile } from '../profile.ts'
import { berlinGroup } from './berlin-group.ts'
import { bng, icard, rabobank } from './berlin-group-banks.ts'
import { berlinGroupJades } from './berlin-group-jades.ts'
import { boursorama } from './boursorama.ts'
import { bpce } from './bpce.ts'
import { creditAgricole } from './credit-agricole.ts'
import { creditMutuel } from './credit-mutuel.ts'
import { ing } from './ing.ts'
import { obie, obie313 } from './obie.ts'
import { bnpParibas, societeGenerale } from './older-scheme.ts'
import { oots } from './oots.ts'
import { qonto } from './qonto.ts'
import { stet } from './stet.ts'
import { arkea, bred } from './stet-banks.ts'
import { worldline } from './worldline.ts'

/** The profiles that come with the toolkit. */
export const signingProfiles: readonly SigningProfile[] = Object.freeze(
  [
    bpce,
    stet,
    berlinGroup,
    berlinGroupJades,
    arkea,
    bnpParibas,
    bng,
    boursorama,
    bred,
    creditAgricole,
    creditMutuel,
    icard,
    ing,
    obie,
    obie313,
    oots,
    qonto,
    rabobank,
    societeGenerale,
    worldline,
  ].map(readProfile),
)

export type ProfileName =
  | 'bpce'
  | 'stet'
  | 'berlin-group'
  | 'berlin-group-jades'
  | 'arkea'
  | 'bnp-paribas'
  | 'bng'
  | 'boursorama'
  | 'bred'
  | 'credit-agricole'
  | 'credit-mutuel'
  | 'icard'
  | 'ing'
  | 'obie'
  | 'obie-3.1.3'
  | 'oots'
  | 'qonto'
  | 'rabobank'
  | 'societe-generale'
  | 'worldline'

/**
 * The profile of this name, or a copy of the one that was given, checked. Nobody can change it, and it is not checked again:
 * read a profile of your own once, and give what you got with every message. Throws `TypeError` on an unknown name or member.
 */
export function profileOf(profile: ProfileName | SigningProfile): SigningProfile {
  if (typeof profile !== 'string') return readProfile(profile)
  const found = signingProfiles.find(({ name }) => name === profile)
  if (found !== undefined) return found
  throw new TypeError(`unknown profile '${profile}'; there are ${signingProfiles.map(({ name }) => name).join(', ')}`)
}
