/** What guards, and the tests that must notice when it does not. Globs from the project's root. */
export interface Guarded {
  readonly what: string
  readonly files: readonly string[]
  /** Those that execute what was broken are asked. Not the longest: who breaks a guard should hear it from a test nearby. */
  readonly tests: readonly string[]
  /** Whether the tests on a server of databases are asked too, which take longer. @default false */
  readonly servers?: boolean
}

const CORE = 'packages/server/src/core'

export const GUARDED: readonly Guarded[] = [
  {
    what: 'rights',
    files: [
      `${CORE}/{actor,owner}.ts`,
      `${CORE}/acting/*.ts`,
      `${CORE}/people/{people,address,unnamed,seen,links/open-link,links/new-invitation,links/host-invitations}.ts`,
      `${CORE}/people/sessions/{sessions,link-sessions,new-session,standing,judged}.ts`,
      `${CORE}/people/sign-in/{add-sign-in,may-add,replace-sign-in,follow-certificate,follow-revocation,last-administrator}.ts`,
      `${CORE}/people/grants/{grants,without-closed}.ts`,
      `${CORE}/{kits/kits,organisations/organisations}.ts`,
      `${CORE}/registration/{may-decide,requests,own-interest,register,wish,sight,same-wish,binding,contested-key}.ts`,
      `${CORE}/origins/kit/{kit-check,kit-origin,ground,standing-approval,reject-all}.ts`,
      `${CORE}/applicants/{applicant-proof,require-no-block,blocks,nonces}.ts`,
      `${CORE}/rights/*.ts`,
      `${CORE}/profiles/{seen,for-kits,parse-profile}.ts`,
      `${CORE}/issuance/require-family.ts`,
      `${CORE}/confirming/second-administrator.ts`,
      `${CORE}/outbox/live.ts`,
      `${CORE}/names/desk-names.ts`,
      `${CORE}/keys/*.ts`,
      `${CORE}/certificates/{certificates,judge}.ts`,
      'packages/server/src/edge/http/routes/guards.ts',
      'packages/server/src/edge/sign-in/{enter,host-cookie,same-origin,session-cookie,signed-in}.ts',
    ],
    tests: [
      `${CORE}/{acting,applicants,audit,people,organisations,registration,origins/kit,kits,certificates,keys,names}/*.test.ts`,
      `${CORE}/{people/grants,people/sessions,people/sign-in,origins/invitation}/*.test.ts`,
      `${CORE}/{rights,profiles,confirming,outbox}/*.test.ts`,
      `${CORE}/{owner,issuance/require-family}.test.ts`,
      'packages/server/src/edge/api/{applicants,directory,rights,scope}.test.ts',
      'packages/server/src/edge/http/door/door.test.ts',
      'packages/server/src/edge/sign-in/*.test.ts',
      'packages/server/src/edge/mutual/*.test.ts',
    ],
  },
  {
    what: 'states',
    files: [
      `${CORE}/registration/{request-state,record-step,end-request,history,name-conflicts}.ts`,
      `${CORE}/origins/kit/submit.ts`,
      `${CORE}/kits/kit.ts`,
      `${CORE}/clock/comparison.ts`,
      `${CORE}/revocation/*.ts`,
      `${CORE}/issuance/{issuance,linted,signer-pool,given-up,intent,intent-holder,store-intent}.ts`,
    ],
    tests: [
      `${CORE}/{audit,clock,registration,origins/kit,kits,organisations,revocation,issuance,authorities,keys}/*.test.ts`,
      `${CORE}/*.test.ts`,
      'packages/server/src/{ceremony,clock-ahead,planted-rows}.test.ts',
    ],
  },
  {
    what: 'log',
    files: [`${CORE}/log/*.ts`],
    tests: [`${CORE}/log/*.test.ts`, 'packages/server/src/store/log/log-store.test.ts'],
  },
  {
    what: 'budgets',
    files: [
      'packages/pki/src/path/{budget,ledger,name-constraints,subtrees,search}.ts',
      'packages/pki/src/crypto/passphrase/derivation-budget.ts',
      'packages/pki/src/asn1/reader.ts',
      'packages/server/src/edge/http/input/{check-input,json-body,body-limit,read-body}.ts',
      'packages/server/src/edge/http/connections/{listener,garbage,kept-octets,counted-request,paced-response,room}.ts',
      'packages/server/src/edge/http/limits/rate-limit.ts',
      `${CORE}/origins/kit/{submission-rate,refusal-rate}.ts`,
    ],
    tests: [
      'packages/pki/src/path/{work-bound,name-constraints,validate,explain}.test.ts',
      'packages/pki/src/crypto/*.test.ts',
      'packages/pki/src/asn1/*.test.ts',
      'packages/pki/src/path/pkits.test.ts',
      'packages/server/src/edge/http/{input,limits,routes}/*.test.ts',
      'packages/server/src/edge/http/connections/{calls-at-once,counted-request,kept-octets,listener,paced-response,room}.test.ts',
      'packages/server/src/edge/http/connections/{silent-clients,stop,unread}.test.ts',
      'packages/server/src/edge/http/door/door.test.ts',
      'packages/server/src/edge/sign-in/same-origin.test.ts',
      'packages/server/src/edge/api/{garbage,hostile-facts}.test.ts',
      `${CORE}/{registration,origins/kit}/*.test.ts`,
    ],
  },
  {
    what: 'store',
    files: [
      'packages/server/src/store/*/{key-store,revocation-store,block-store,compromise-store,coded-rows,json-columns,request-rows}.ts',
      'packages/server/src/store/*/{name-store,owner-columns}.ts',
      'packages/server/src/store/postgres/lookout.ts',
    ],
    tests: [
      'packages/server/src/store/*/{keys,names,blocks,audit-store,json-columns,row-codes}.test.ts',
      'packages/server/src/store/*/owner-columns.test.ts',
      'packages/server/src/store/postgres/{frozen,lookout}.test.ts',
      `${CORE}/registration/sight.test.ts`,
      `${CORE}/{applicants/blocks,origins/kit/standing-approval}.test.ts`,
      'packages/server/src/planted-rows.test.ts',
    ],
    servers: true,
  },
  {
    what: 'archives',
    files: [
      'packages/client/src/sealing/{unzip,gather}.ts',
      'packages/files/src/archives/{name-fault,hidden-letters,places,read,write,mark}.ts',
      'packages/files/src/names/names.ts',
    ],
    tests: [
      'packages/files/src/archives/*.test.ts',
      'packages/files/src/names/names.test.ts',
      'packages/client/src/sealing/*.test.ts',
      'packages/client/test/sealing.test.ts',
    ],
  },
  {
    what: 'client-stores',
    files: [
      'packages/client/src/keystores/{adoption,certified-files,identities-below,file,file-layout}.ts',
      'packages/client/src/commands/input/identity-meant.ts',
      'packages/client/src/commands/identities/material-in.ts',
      'packages/files/src/certificates/order-chain.ts',
    ],
    tests: [
      'packages/client/src/keystores/*.test.ts',
      'packages/client/src/commands/{identities,input}/*.test.ts',
      'packages/client/test/import.test.ts',
      'packages/files/src/certificates/*.test.ts',
    ],
  },
  {
    what: 'private-keys',
    files: [
      'packages/pki/src/crypto/{key,verb-of,signatures,key-agreement,encapsulation,ec-point}.ts',
      'packages/pki/src/crypto/rsa/encryption.ts',
    ],
    tests: [
      'packages/pki/src/crypto/{key,primitives,attacks,signatures}.test.ts',
      'packages/pki/test/keys-elsewhere.test.ts',
      'packages/pki/src/cms/recipients/attacks.test.ts',
    ],
  },
  {
    what: 'signatures',
    files: [
      'packages/pki/src/cms/signed/{integrity,judge,identity,message-digest,signer-check,signer-info,chain}.ts',
      'packages/pki/src/x509/{verify-issued-by,verify-signed,signed,certificate,request}.ts',
      'packages/pki/src/ocsp/*.ts',
      'packages/pki/src/tsp/*.ts',
    ],
    tests: [
      'packages/pki/src/cms/signed/{chain,signed,attacks,vectors}.test.ts',
      'packages/pki/src/x509/*.test.ts',
      'packages/pki/src/ocsp/*.test.ts',
      'packages/pki/src/tsp/*.test.ts',
      'packages/pki/src/path/{ocsp,crl,validate}.test.ts',
    ],
  },
]
