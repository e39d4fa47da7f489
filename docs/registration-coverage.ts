/** Who answers for a requirement of the page that no rule on a body decides. */
export interface CoverageRow {
  readonly id: string
  readonly says: string
  /** `client`, `server`, `both`: a behaviour of that end. `nobody`: it demands nothing of a program. */
  readonly by: 'client' | 'server' | 'both' | 'nobody'
  /** The function or the part that behaves so, or why nobody does. */
  readonly how: string
}

function row(id: string, by: CoverageRow['by'], says: string, how: string): CoverageRow {
  return { id, says, by, how }
}

/** Every requirement without a rule. A test holds that each number is here or has a rule. */
export const behaviours: readonly CoverageRow[] = [
  row(
    'R-003',
    'nobody',
    'an agent may have another display name',
    'nothing is refused: `software_id` and `client_name` are not compared',
  ),
  row('R-004', 'client', 'PUT renews certificates', '`RegistrationClient.rotate`'),
  row('R-005', 'server', 'DELETE removes everything', 'the store removes the client'),
  row(
    'R-010',
    'both',
    'a token comes first',
    'the client gets one before each call; the server refuses a call without one',
  ),
  row('R-011', 'client', 'address of the sandbox token', '`registrationEndpoints`'),
  row('R-012', 'client', 'address of the live token', '`registrationEndpoints`'),
  row('R-013', 'client', 'address of the registration, under another path', '`registrationEndpoints`'),
  row(
    'R-014',
    'client',
    'codetab is the code of any bank of the portal',
    '`codeTabs`, `registrationEndpoints`: five digits',
  ),
  row('R-015', 'server', 'a registration holds for all banks of the group', 'the server does not look at the host'),
  row(
    'R-021',
    'both',
    'the answer has access_token',
    'the client wants no more and refuses less; the server adds type, life and scope',
  ),
  row('R-022', 'both', 'a token holds for an hour', 'the client takes no longer life for true; the server ends it'),
  row(
    'R-023',
    'both',
    'a token is renewed',
    'the client does so a minute before its end; the server refuses an older one',
  ),
  row(
    'R-033',
    'server',
    'the certificate of the body verifies the POST',
    '`RegistrationCheck.certificate` is what `resolveKey` answers',
  ),
  row('R-034', 'server', 'that certificate is kept for later', 'the store'),
  row('R-037', 'both', 'agents never call', 'rule `registration.legal-id-qsealc`: the certificate is that of the TPP'),
  row(
    'R-038',
    'both',
    'requests for agents are signed by the TPP',
    'rule `registration.seal-kind`; signing profile `bpce`',
  ),
  row('R-039', 'both', 'names of headers have no case', '`readMessage`'),
  row(
    'R-039a',
    'both',
    'Bearer has no case',
    'the client writes it as the page does for POST; the server compares without case',
  ),
  row('R-039b', 'server', 'eligibility is asked in all four operations', 'the server asks it of each request'),
  row('R-042', 'server', 'a redirect URI that is not registered is refused', '`verifyRedirectUri`'),
  row('R-066', 'server', 'a client_legal_id is registered once', 'the store'),
  row('R-090', 'both', 'POST answers 201', '`registrationPolicies`: answers.create; the client takes 200 too'),
  row(
    'R-091',
    'both',
    'POST answers the client_id',
    'the client refuses an answer without (`BANK_ANSWER_FORM`); the server makes it',
  ),
  row(
    'R-092',
    'both',
    '400 has error and error_description',
    'the client reads both shapes (`BankProblem`); the server',
  ),
  row('R-093', 'both', '404: resource not allowed', '`BANK_NOT_FOUND`; the server'),
  row('R-095', 'both', '500', '`BANK_FAILED`; the server'),
  row('R-117', 'both', 'PUT answers 201', '`registrationPolicies`: answers.update; the client takes 200 too'),
  row('R-118', 'both', 'errors of PUT', '`RegistrationError`; the server'),
  row('R-121', 'both', 'GET answers 200 with what is registered', '`RegistrationClient.read`; the server'),
  row('R-122', 'both', 'errors of GET', '`RegistrationError`; the server'),
  row('R-123', 'server', 'the registered QSealC verifies a GET', '`resolveKey` of the server'),
  row('R-131', 'both', 'DELETE answers 204', '`RegistrationClient.remove`; the server'),
  row(
    'R-132',
    'both',
    'a second DELETE is 404',
    '`BANK_NOT_FOUND`; where a first try broke off, `Removal.onEarlierTry`; the server',
  ),
  row('R-133', 'server', 'a removed client_id is unusable', 'the store'),
  row('R-140', 'nobody', 'versions overlap', 'an announcement of the bank; the addresses stand in one table'),
  row('R-150', 'both', 'an app of the portal cannot be used here', '`BANK_NOT_FOUND` says so; the server answers 404'),
  row('R-151', 'server', 'one client for one set of certificates', 'the store; agents are exempt'),
  row('R-152', 'both', 'the TPP registers its agents', '`buildRegistration` with `agent`'),
  row('R-154', 'both', 'before 09:59 on the same day', '`activationTime`'),
  row('R-155', 'both', 'open eligibility delays', '`activationTime` with `eligibility`'),
  row(
    'R-161',
    'server',
    'the TPP is licensed',
    'a register decides it, not a message: rule `registration.seal-register` where it is known',
  ),
  row('R-170', 'server', 'both sets come from production keys', 'a path decides it: rule `registration.seal-trusted`'),
  row('R-173', 'client', 'certificates are exchanged in PEM', 'every certificate of the client may be PEM'),
  row('R-174', 'nobody', 'the identifier is part of the client_id', 'a client_id is never taken apart'),
  row('R-180', 'nobody', 'the API follows STET', 'the signing profile has what is known of it'),
  row('R-181', 'nobody', 'support hours', 'nothing for a program'),
  row('R-182', 'nobody', 'date of the page', 'nothing for a program'),
]
