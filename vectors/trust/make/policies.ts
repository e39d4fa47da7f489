import { write } from '../../../src/der/index.ts'
import { type Contents, mappings, policies, policyLimits } from './contents.ts'
import { authority, leaf, type Minted } from './mint.ts'
import { accepted, type Case, extensionAt, type PathVector, refused, root } from './vector.ts'

const any = '2.5.29.32.0'
const gold = '1.3.6.1.4.1.99999.10'
const silver = '1.3.6.1.4.1.99999.11'
const numbered = (index: number): string => `1.3.6.1.4.1.99999.20.${index}`

/** Authorities and a certificate with these extensions, from the root down. */
function chain(levels: readonly Contents[], rest: Partial<Case> = {}): Case {
  let above: Minted = root
  const intermediates = levels.slice(0, -1).map((extensions, index) => {
    above = authority(`policy ${index}`, above, { extensions })
    return above
  })
  return { certificate: leaf(above, { extensions: levels.at(-1) as Contents }), intermediates, ...rest }
}

const explicit = { policies: { explicit: true } }
const inhibit = { critical: true, value: write.integer(0) }

/** Every policy mapped to every other: a tree would grow by the power of the levels. */
function explosion(width: number, levels: number): Case {
  const all = Array.from({ length: width }, (_, index) => numbered(index))
  const pairs = all.flatMap((from) => all.map((to) => [from, to] as const))
  const level = { certificatePolicies: policies(...all), policyMappings: mappings(...pairs) }
  return chain([...new Array<Contents>(levels).fill(level), { certificatePolicies: policies(...all) }], {
    policies: { explicit: true },
    stored: false,
  })
}

/** Policies, mappings and what limits them. */
export const policyVectors: readonly PathVector[] = [
  accepted(
    'policy-along-the-path',
    'CHN-14',
    'one policy holds along the path, and one is demanded',
    chain([{ certificatePolicies: policies(gold) }, { certificatePolicies: policies(gold, silver) }], explicit),
  ),
  refused(
    'policy-missing',
    'CHN-14',
    'a policy is demanded, and the certificate has none',
    chain([{ certificatePolicies: policies(gold) }, {}], explicit),
    'PATH_POLICY_REQUIRED',
    'path[0].tbsCertificate.extensions',
  ),
  refused(
    'policy-of-another',
    'CHN-14',
    'a policy is demanded, and the certificate has another than its issuer',
    chain([{ certificatePolicies: policies(gold) }, { certificatePolicies: policies(silver) }], explicit),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  refused(
    'policy-not-acceptable',
    'CHN-14',
    'the policy along the path is not the one demanded',
    chain([{ certificatePolicies: policies(gold) }, { certificatePolicies: policies(gold) }], {
      policies: { explicit: true, acceptable: [silver] },
    }),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  accepted(
    'any-policy',
    'CHN-14',
    'the issuer has anyPolicy',
    chain([{ certificatePolicies: policies(any) }, { certificatePolicies: policies(gold) }], {
      policies: { explicit: true, acceptable: [gold] },
    }),
  ),
  refused(
    'any-policy-inhibited',
    'CHN-14',
    'the issuer has anyPolicy, which counts no more',
    chain([{ certificatePolicies: policies(any) }, { certificatePolicies: policies(gold) }], {
      policies: { explicit: true, inhibitAny: true },
    }),
    'PATH_POLICY_REQUIRED',
    extensionAt(1, 4),
  ),
  refused(
    'any-policy-inhibited-by-an-authority',
    'CHN-14',
    'inhibitAnyPolicy 0 stands above anyPolicy',
    chain(
      [{ certificatePolicies: policies(gold), inhibitAnyPolicy: inhibit }, { certificatePolicies: policies(any) }],
      explicit,
    ),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  refused(
    'explicit-policy-of-an-authority',
    'CHN-14',
    'requireExplicitPolicy 0 stands above a certificate without policies',
    chain([{ certificatePolicies: policies(gold), policyConstraints: policyLimits(0) }, {}]),
    'PATH_POLICY_REQUIRED',
    'path[0].tbsCertificate.extensions',
  ),
  accepted(
    'explicit-policy-later',
    'CHN-14',
    'requireExplicitPolicy 2 begins behind the last certificate',
    chain([{ certificatePolicies: policies(gold), policyConstraints: policyLimits(2) }, {}]),
  ),
  accepted(
    'nothing-demanded',
    'CHN-14',
    'the policies do not agree, and nobody asks for one',
    chain([{ certificatePolicies: policies(gold) }, { certificatePolicies: policies(silver) }]),
  ),
  accepted(
    'policy-mapped',
    'CHN-14',
    'gold of the issuer is silver below',
    chain(
      [
        { certificatePolicies: policies(gold), policyMappings: mappings([gold, silver]) },
        { certificatePolicies: policies(silver) },
      ],
      { policies: { explicit: true, acceptable: [gold] } },
    ),
  ),
  refused(
    'policy-mapped-away',
    'CHN-14',
    'gold of the issuer is silver below, and gold is none',
    chain(
      [
        { certificatePolicies: policies(gold), policyMappings: mappings([gold, silver]) },
        { certificatePolicies: policies(gold) },
      ],
      explicit,
    ),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  refused(
    'mapping-inhibited',
    'CHN-14',
    'mapping is inhibited by the caller',
    chain(
      [
        { certificatePolicies: policies(gold), policyMappings: mappings([gold, silver]) },
        { certificatePolicies: policies(silver) },
      ],
      { policies: { explicit: true, inhibitMapping: true } },
    ),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  refused(
    'mapping-inhibited-by-an-authority',
    'CHN-14',
    'inhibitPolicyMapping 0 stands above the mapping',
    chain([
      { certificatePolicies: policies(gold), policyConstraints: policyLimits(0, 0) },
      { certificatePolicies: policies(gold), policyMappings: mappings([gold, silver]) },
      { certificatePolicies: policies(silver) },
    ]),
    'PATH_POLICY_REQUIRED',
    extensionAt(0, 6),
  ),
  accepted(
    'any-policy-mapped-under',
    'CHN-14',
    'under anyPolicy gold is mapped to silver',
    chain(
      [
        { certificatePolicies: policies(any), policyMappings: mappings([gold, silver]) },
        { certificatePolicies: policies(silver) },
      ],
      { policies: { explicit: true, acceptable: [gold] } },
    ),
  ),
  refused(
    'mapping-of-any',
    'CHN-14',
    'anyPolicy is mapped',
    chain([{ certificatePolicies: policies(gold), policyMappings: mappings([any, silver]) }, {}]),
    'PATH_POLICY_MAPPING_ANY',
    extensionAt(1, 5),
  ),
  accepted(
    'twenty-policies-mapped-by-all',
    'CHN-14',
    'twenty policies are mapped to each other five times: the graph does not grow',
    explosion(20, 5),
    7,
  ),
  refused(
    'fifty-policies-mapped-by-all',
    'CHN-14',
    'fifty policies are mapped to each other seven times',
    explosion(50, 7),
    'LIMIT_PATH_POLICIES',
    '',
  ),
]
