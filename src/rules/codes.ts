import type { CodeInfo } from '../core/codes.ts'

/** What can be wrong with a profile that a user wrote. */
export const profileCodes = {
  PROFILE_MEMBER_UNKNOWN: profile('a profile has a member that is not known', 'remove the member, or correct its name'),
  PROFILE_MEMBER_MISSING: profile('a profile lacks a member', 'add the member'),
  PROFILE_MEMBER_TYPE: profile('a member of a profile has not its type', 'write the value as the member wants it'),
  PROFILE_NAME_TAKEN: profile('a profile has the name of one that is built in', 'give it a name of its own'),
  PROFILE_BASE_UNKNOWN: profile(
    'a profile extends one that does not exist',
    'extend one of the profiles that are built in',
  ),
  PROFILE_RULE_UNKNOWN: profile('a profile names a rule that does not exist', 'psd2 rules lists the rules'),
} as const satisfies Record<string, CodeInfo>

function profile(says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document: 'psd2-toolkit', clause: 'docs/rules.md', says, mend }
}
