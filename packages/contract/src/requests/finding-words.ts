import type { Language } from '../words/sentence.ts'
import { EXTENSION_EN, EXTENSION_FR, USAGE_EN, USAGE_FR } from '../words/usage-words.ts'
import type { FindingCode } from './values.ts'

/** What the checks of a request found, in words: ICU message texts, their arguments are the finding's facts. */
export const FINDING_SENTENCES: Readonly<Record<Language, Readonly<Record<FindingCode, string>>>> = {
  en: {
    possession_proved: 'The request is signed by its own key.',
    key_allowed: 'The key is of an allowed kind: {key}.',
    key_seen_before: 'This key was already used in {shown, select, no {another request} other {request {request}}}.',
    key_pending_elsewhere:
      'Somebody else also asks for a certificate with this key{shown, select, no {} other {: request {request}}}. One of the two requests is a copy; while both wait, this one cannot be approved.',
    key_new: 'This key was never seen before.',
    applicant_bound: 'The request is bound to the applicant who sent it.',
    applicant_not_bound: 'The request does not name its applicant; it may have been made elsewhere.',
    subject_pending_elsewhere:
      'Somebody else has a pending request for the same subject{shown, select, no {} other {: request {request}}}.',
    subject_certified:
      'The same subject already has a valid certificate{shown, select, no {} other { (serial {serial}, until {notAfter, date, long})}}.',
    subject_revoked_before:
      'A certificate of the same subject was revoked{shown, select, no {} other { on {at, date, long}}}.',
    name_certified_elsewhere:
      'Somebody else already has a valid certificate for {name}{shown, select, no {} other {: {organisation} (serial {serial}, until {notAfter, date, long})}}.',
    name_pending_elsewhere:
      'Somebody else also asks for {name}{shown, select, no {} other {: {organisation}, {state, select, approved {approved} other {pending}} request {request}}}.',
    compromised_before:
      'A certificate of the same {what, select, applicant {applicant} key {key} other {machine}} was revoked because somebody else may have its key, or because it may no longer be used.',
    usage_not_granted: `The request asks for {usage, select, CA {the certificate of an authority} other {the usage “${USAGE_EN}”}}, which this profile does not give.`,
    usage_added: `The request does not ask for the usage “${USAGE_EN}”: the certificate will have it.`,
    extension_not_granted: `The request asks for ${EXTENSION_EN}, which the certificate will not have.`,
    attribute_not_used:
      'The request carries {attribute, select, challengePassword {a challenge password} unstructuredName {a free name (unstructuredName)} windows {what Windows says of the computer it was made on} other {something that Scel does not know (attribute {attribute})}}, which is not used.',
    name_not_granted: 'The request asks for a name that the profile does not give: {name}.',
    common_name_added_to_names: 'The host name {name} was added to the names of the certificate.',
    common_name_from_names:
      'The request has no common name: the first of its host names, {name}, is the common name of the certificate.',
    machine_seen_before: 'The same machine made {shown, select, no {another request} other {request {request}}}.',
    kit_standing_approval_withheld:
      'The kit’s standing approval does not apply{shown, select, no {: somebody has to look} other {: {why, select, profile {its profile no longer lets a kit decide by itself} rules {its profile was changed since the kit was made} own {the request comes from whoever made the kit} maker {whoever made the kit may no longer decide} made_with {the certificate with which the kit was made was revoked} revoked {a certificate of this subject or key was revoked} compromised {a certificate of this applicant, key or machine was revoked as compromised or out of use} conflict {somebody else has the same subject or name} not_bound {the request does not name its applicant} unconfirmed {no second administrator has confirmed it yet} other {{why}}}}}.',
    more_findings: '{count, plural, one {# more of this kind is} other {# more of this kind are}} not shown.',
  },
  fr: {
    possession_proved: 'La demande est signée par sa propre clé.',
    key_allowed: 'La clé est d’une sorte permise : {key}.',
    key_seen_before:
      'Cette clé a déjà servi dans {shown, select, no {une autre demande} other {la demande {request}}}.',
    key_pending_elsewhere:
      'Quelqu’un d’autre demande aussi un certificat pour cette clé{shown, select, no {} other { : demande {request}}}. L’une des deux demandes est une copie ; tant que les deux attendent, celle-ci ne peut être approuvée.',
    key_new: 'Cette clé n’a jamais été vue.',
    applicant_bound: 'La demande est liée au demandeur qui l’a envoyée.',
    applicant_not_bound: 'La demande ne désigne pas son demandeur ; elle a pu être faite ailleurs.',
    subject_pending_elsewhere:
      'Quelqu’un d’autre a une demande en attente pour le même sujet{shown, select, no {} other { : demande {request}}}.',
    subject_certified:
      'Le même sujet a déjà un certificat valable{shown, select, no {} other { (numéro de série {serial}, jusqu’au {notAfter, date, long})}}.',
    subject_revoked_before:
      'Un certificat du même sujet a été révoqué{shown, select, no {} other { le {at, date, long}}}.',
    name_certified_elsewhere:
      'Quelqu’un d’autre a déjà un certificat valable pour {name}{shown, select, no {} other { : {organisation} (numéro de série {serial}, jusqu’au {notAfter, date, long})}}.',
    name_pending_elsewhere:
      'Quelqu’un d’autre demande aussi {name}{shown, select, no {} other { : {organisation}, demande {request} ({state, select, approved {approuvée} other {en attente}})}}.',
    compromised_before:
      'Un certificat {what, select, applicant {du même demandeur} key {de la même clé} other {de la même machine}} a été révoqué parce que sa clé est peut-être en d’autres mains, ou parce qu’il ne doit plus servir.',
    usage_not_granted: `La demande veut {usage, select, CA {un certificat d’autorité} other {l’usage « ${USAGE_FR} »}}, que ce profil n’accorde pas.`,
    usage_added: `La demande ne mentionne pas l’usage « ${USAGE_FR} » : le certificat l’aura.`,
    extension_not_granted: `La demande veut ${EXTENSION_FR}, que le certificat n’aura pas.`,
    attribute_not_used:
      'La demande porte {attribute, select, challengePassword {un mot de passe de défi (challenge password)} unstructuredName {un nom libre (unstructuredName)} windows {ce que Windows dit de l’ordinateur où elle a été faite} other {quelque chose que Scel ne connaît pas (attribut {attribute})}}, qui n’est pas utilisé.',
    name_not_granted: 'La demande veut un nom que le profil n’accorde pas : {name}.',
    common_name_added_to_names: 'Le nom d’hôte {name} a été ajouté aux noms du certificat.',
    common_name_from_names:
      'La demande n’a pas de nom commun : le premier de ses noms d’hôte, {name}, sera le nom commun du certificat.',
    machine_seen_before: 'La même machine a fait {shown, select, no {une autre demande} other {la demande {request}}}.',
    kit_standing_approval_withheld:
      'L’approbation permanente du kit ne s’applique pas{shown, select, no { : quelqu’un doit regarder} other { : {why, select, profile {son profil ne permet plus à un kit de décider de lui-même} rules {son profil a été changé depuis que le kit a été fait} own {la demande vient de l’auteur du kit} maker {l’auteur du kit ne peut plus décider} made_with {le certificat avec lequel le kit a été fait a été révoqué} revoked {un certificat de ce sujet ou de cette clé a été révoqué} compromised {un certificat de ce demandeur, de cette clé ou de cette machine a été révoqué comme compromis ou hors service} conflict {quelqu’un d’autre a le même sujet ou le même nom} not_bound {la demande ne désigne pas son demandeur} unconfirmed {aucun second administrateur ne l’a encore confirmée} other {{why}}}}}.',
    more_findings:
      '{count, plural, one {# autre constat de cette sorte n’est pas montré} other {# autres constats de cette sorte ne sont pas montrés}}.',
  },
}
