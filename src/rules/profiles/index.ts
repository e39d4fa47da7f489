import type { Profile } from '../profile.ts'
import { auto } from './auto.ts'

/** Profiles by name. */
export const profiles: Readonly<Record<string, Profile>> = { auto }
