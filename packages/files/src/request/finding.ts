/** What was found about a request: a code, and facts for its sentence. */
export type RequestFinding = RequestRefusal | RequestNotice

/** What would have the desk refuse it. The codes are the desk's errors: their sentences are `SENTENCES` of the contract. */
export type RequestRefusal = { readonly level: 'refused' } & (
  | { readonly code: 'csr_signature_invalid'; readonly facts: Record<never, never> }
  | { readonly code: 'csr_applicant_mismatch'; readonly facts: Record<never, never> }
  | { readonly code: 'csr_unreadable'; readonly facts: { readonly what: string } }
  | { readonly code: 'csr_key_weak'; readonly facts: { readonly what: string } }
  | { readonly code: 'csr_key_not_allowed'; readonly facts: { readonly key: string; readonly allowed: string } }
  | { readonly code: 'subject_not_allowed'; readonly facts: SubjectFacts }
  | { readonly code: 'name_not_allowed'; readonly facts: { readonly name: string; readonly rule: string } }
  | { readonly code: 'name_outside_organisation'; readonly facts: { readonly name: string; readonly allowed: string } }
)

export type SubjectFacts = Readonly<Record<'attribute' | 'expected' | 'found', string>>

/** What does not keep it from being decided. The codes are those of `FINDING_SENTENCES` of the contract. */
export interface RequestNotice {
  readonly level: 'good' | 'notice' | 'warning'
  readonly code:
    | 'possession_proved'
    | 'key_allowed'
    | 'usage_not_granted'
    | 'usage_added'
    | 'extension_not_granted'
    | 'attribute_not_used'
    | 'name_not_granted'
    | 'common_name_added_to_names'
    | 'common_name_from_names'
    | 'more_findings'
  readonly facts: Readonly<Record<string, string | number>>
}
