import { readProfile, type SigningProfile } from '../profile.ts'
import { berlinGroup } from './berlin-group.ts'
import { berlinGroupJades } from './berlin-group-jades.ts'
import { bpce } from './bpce.ts'
import { stet } from './stet.ts'

/** The profiles that come with the toolkit. */
export const signingProfiles: readonly SigningProfile[] = Object.freeze([bpce, stet, berlinGroup, berlinGroupJades])

export type ProfileName = 'bpce' | 'stet' | 'berlin-group' | 'berlin-group-jades'

/** The profile of this name, or the one that was given, checked. Throws `TypeError` on an unknown name. */
export function profileOf(profile: ProfileName | SigningProfile): SigningProfile {
  if (typeof profile !== 'string') return readProfile(profile)
  const found = signingProfiles.find(({ name }) => name === profile)
  if (found !== undefined) return found
  throw new TypeError(`unknown profile '${profile}'; there are ${signingProfiles.map(({ name }) => name).join(', ')}`)
}
