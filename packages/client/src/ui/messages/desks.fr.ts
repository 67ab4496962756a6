import type { Sentence } from '@scel/contract/errors'
import type { DESKS_EN, DESKS_FAILURES_EN, DESKS_HELP_EN } from './desks.en.ts'

/** Ce qui se dit des services de cet utilisateur, là où il y en a plusieurs, et dans `scel desk`. */
export const DESKS_FR: Readonly<Record<keyof typeof DESKS_EN, string>> = {
  desk_under_root: '{desk}, sous {root}',
  label_vouched_by: 'garant',

  label_address: 'adresse',
  label_enrolled: 'enrôlé',
  label_requests: 'demandes',
  label_certificates_here: 'certificats ici',
  desk_list_none: 'cet utilisateur n’a encore demandé de certificat à aucun service',
  desk_list_none_there: 'aucun service n’est connu ici en {environment}',
  desk_not_believed: 'pas encore',
  desk_not_believed_why:
    '{desk} ({environment}) n’est pas encore cru : scel requests lui demande s’il a une demande de vous, et si les racines sont les siennes',
  desk_not_believed_advice:
    'pas encore cru : {desks}, où une exécution de scel enrol a été coupée ; si c’est ce service que vous voulez, scel requests lui demande une fois pour toutes s’il a ce qui a été envoyé, et si rien ne l’a été, refaites la demande',
  desk_requests:
    '{count, plural, one {# demande} other {# demandes}}, {open, plural, =0 {aucune ouverte} one {# ouverte} other {# ouvertes}}',
  desk_goes: 'disparaît',
  desk_goes_record: 'ce qui est connu de {desk} en {environment} : son adresse, sa racine et l’état de {requests}',
  desk_stays: 'reste',
  desk_stays_keys:
    '{count, plural, =0 {rien dans les magasins n’est de ce service} one {# certificat avec sa clé dans les magasins de cette machine} other {# certificats avec leurs clés dans les magasins de cette machine}}',
  desk_stays_key_alone:
    '{count, plural, one {# clé d’une demande sans certificat} other {# clés de demandes sans certificat}}',
  desk_stays_root:
    'la racine, là où scel trust l’a mise dans un magasin ; pour l’en retirer aussi, commencez par là : scel trust --remove --desk {word}',
  desk_stays_there: 'vos demandes et vos certificats auprès du service lui-même, qui n’en apprend rien',
  desk_forget_ask: 'oublier ce service',
  desk_forgotten: '{desk} : oublié en {environment}',
}

export const DESKS_FAILURES_FR: Readonly<Record<keyof typeof DESKS_FAILURES_EN, Sentence>> = {
  desk_unknown: {
    says: 'aucun service où vous êtes enrôlé n’est {wanted}',
    hint: 'donnez-en un par son nom, son hôte ou son adresse : {desks}',
  },
  desk_ambiguous: {
    says: '{wanted} peut être n’importe lequel de {desks}',
    hint: 'donnez l’adresse https du service',
  },
  desk_elsewhere: {
    says: '{desk} n’est connu ici que dans un autre environnement',
    hint: 'ajoutez --environment {environment} si c’est celui que vous voulez',
  },
  desk_needed: {
    says: '{question, select, person {rien ne dit lequel de vos services parle pour {name}} time {rien ne dit lequel de vos services vous croyez sur l’heure} other {vous avez plusieurs services}} : {desks}',
    hint: 'nommez-en un avec --desk',
  },
  desk_unbelieved: {
    says: '{desk} est connu ici sans être encore cru : il n’a pas dit qu’il a une demande de vous, ni quelles racines sont les siennes',
    hint: 'scel requests le lui demande ; ce qu’il dit compte dès lors',
  },
  desk_for_names: {
    says: '--desk dit qui est interrogé sur un nom, et {file} est un fichier',
    hint: 'retirez --desk, ou donnez une adresse électronique ou un nom avec --to',
  },
  desk_silent: {
    says: '{desk} ne s’est pas fait entendre, et nul autre ne parle pour lui : {reason}',
    hint: 'réessayez, ou interrogez un seul de vos services avec --desk',
  },
  desk_refuses: {
    says: '{desk} ne donne pas de réponse, et nul autre ne parle pour lui : {reason}',
    hint: 'réglez cela, ou interrogez un seul de vos services avec --desk',
  },
  desk_requests_open: {
    says: '{desk} a des demandes qui ne sont pas à leur terme : {numbers}',
    hint: 'allez les chercher avec scel get, retirez-les avec scel cancel, ou oubliez-les aussi avec --with-requests',
  },
  desk_forget_unsaid: { says: 'personne n’a confirmé que le service est à oublier', hint: 'ajoutez --yes' },
}

export const DESKS_HELP_FR: Readonly<Record<keyof typeof DESKS_HELP_EN, string>> = {
  value_desk: 'service',
  desk_option: 'ne croit que celui-ci de vos services : son nom, son hôte ou son adresse',
  desk: 'liste et oublie les services où vous êtes enrôlé',
  desk_list: 'liste les services connus ici, et dit lesquels sont crus',
  desk_forget: 'oublie un service : son adresse, sa racine et ses demandes ; clés et certificats restent',
  desk_forget_desk: 'son nom, son hôte ou son adresse',
  desk_forget_environment: 'ne l’oublie que dans cet environnement : production ou test',
  desk_forget_requests: 'même si des demandes y attendent, ou sont approuvées sans être cherchées',
  desk_forget_yes: 'ne pose aucune question',
}
