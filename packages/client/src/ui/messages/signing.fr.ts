import type { Sentence } from '@scel/contract/errors'
import type { SIGNING_EN, SIGNING_FAILURES_EN, SIGNING_HELP_EN } from './signing.en.ts'

/** Ce que disent sign, verify-signature et timestamp. Le type exige chaque traduction. */
export const SIGNING_FR: Readonly<Record<keyof typeof SIGNING_EN, string>> = {
  sign_signed: 'signé par {name} ({algorithm})',
  sign_stamped: 'horodaté le {at} par {name}',
  sign_not_made_for: 'le certificat de {name} n’est pas fait pour signer : d’autres refuseront peut-être la signature',

  label_signed_by: 'signé par',
  label_algorithm: 'algorithme',
  label_signing_time: 'signé le',
  label_time_stamp: 'horodatage',
  label_chain: 'chaîne',
  label_identity: 'identité',
  label_revocation: 'révocation',
  label_countersigned_by: 'contresigné par',

  signature_number: 'signature {number} sur {count}',
  signature_by_unknown: 'quelqu’un dont le certificat manque',
  signature_time: '{at}, au dire du signataire',
  signature_stamp: '{at}, par {name}',
  signature_stamp_bad: 'ne compte pas : {reason}',
  signature_counter_bad: '{name}, ce qui ne tient pas : {reason}',
  vouched: '{what}, avec pour garant {desk}',
  signature_integrity: 'le contenu est ce qui fut signé',
  signature_chain:
    'mène à une autorité digne de confiance{environment, select, test { dans le seul environnement de test} other {}}, le {at}',
  signature_chain_stamped:
    'mène à une autorité digne de confiance{environment, select, test { dans le seul environnement de test} other {}}, au moment de l’horodatage, le {at}',
  signature_identity: 'le certificat nomme {wanted}',
  signature_identity_open: 'non demandée : n’importe qui a pu signer',
  signature_identity_anyone: 'non demandée',
  signature_revocation: 'non révoqué',
  signature_revocation_unless: 'pas révoqué que l’on sache',
  signature_revocation_open: 'non demandée',
  signature_revocation_idle: 'non demandée, puisqu’aucune chaîne ne tient',
  signatures_hold:
    '{count, plural, one {la signature tient} =2 {les deux signatures tiennent} other {les # signatures tiennent}}',
  signatures_fail: '{count, plural, one {la signature ne tient pas} other {les # signatures ne tiennent pas toutes}}',
  signatures_open:
    '{count, plural, one {la signature est authentique, mais tout ce qui compte n’est pas connu} other {les # signatures sont authentiques, mais tout ce qui compte n’est pas connu}}',
  signature_ask_identity:
    'dites de qui doit être la signature avec --email ou --fingerprint, ou acceptez celle de quiconque avec --anyone',
  signature_ask_revocation:
    'faites chercher la liste avec --online, donnez-la avec --crl, ou laissez la révocation de côté avec --without-revocation',
  signature_ask_revocation_still:
    'donnez la liste avec --crl, ou laissez la révocation de côté avec --without-revocation',
  signature_content: 'comparé à {file}',
  signature_desk_roots: 'dignes de confiance ({environment}) : {names}',

  stamp_imprint: 'le contenu est ce qui fut horodaté',
  stamp_holds: 'l’horodatage tient : le contenu existait le {at}',
  stamp_fails: 'l’horodatage ne tient pas',
  stamp_asked: 'l’heure est demandée à {desk}',
  stamp_stamped: 'horodaté le {at} par {name}, numéro {serial}',
}

/** Ce qui peut y échouer. */
export const SIGNING_FAILURES_FR: Readonly<Record<keyof typeof SIGNING_FAILURES_EN, Sentence>> = {
  signer_missing: {
    says: 'il n’y a pas de certificat pour signer sur cette machine',
    hint: 'donnez-en un avec --as FICHIER (.p12 ou PEM)',
  },
  signer_not_found: {
    says: 'personne du nom de {wanted} n’a de certificat sur cette machine, et il n’y a pas de tel fichier',
    hint: 'voyez les vôtres avec scel requests, ou donnez un fichier avec --as FICHIER',
  },
  signers_several: {
    says: '{count} certificats pourraient signer : {names}',
    hint: 'choisissez-en un avec --as, par adresse électronique, nom, empreinte, fichier ou numéro de la demande',
  },
  tsa_anchor_missing: {
    says: 'rien ne dit à quel service d’horodatage faire confiance',
    hint: 'donnez sa racine avec --tsa-anchor FICHIER',
  },
  tsa_url_missing: {
    says: 'aucun service d’horodatage n’est connu',
    hint: 'donnez son adresse avec --url URL',
  },
  service_not_trusted: {
    says: 'le certificat TLS de {host} ne vient pas d’une autorité à qui ce système fait confiance',
    hint: 'prenez son adresse http : ce qu’elle répond est signé et se passe de TLS',
  },
  tsa_unreadable: {
    says: '{host} a répondu autre chose qu’un horodatage (statut {status})',
    hint: 'vérifiez l’adresse du service d’horodatage',
  },
  content_not_inside: {
    says: '{file} ne renferme pas de contenu à écrire',
    hint: 'enlevez -o : le contenu est le fichier qui fut signé',
  },
  output_mixed: {
    says: 'le résultat et le contenu ne peuvent aller tous deux à la sortie standard',
    hint: 'donnez -o FICHIER',
  },
}

/** Leur aide. */
export const SIGNING_HELP_FR: Readonly<Record<keyof typeof SIGNING_HELP_EN, string>> = {
  value_signer: 'signataire',
  value_content: 'contenu',
  value_address: 'adresse',
  sign: 'signe un fichier',
  sign_file: 'le fichier à signer, ou - pour l’entrée standard',
  sign_as:
    'qui signe : un fichier .p12 ou PEM, une adresse électronique, un nom ou le numéro d’une demande ; répétable',
  sign_key: 'fichier de la clé privée, quand celui du signataire n’en contient pas',
  sign_chain: 'fichier de certificats à joindre, répétable',
  sign_detached: 'écrit la signature seule (FICHIER.p7s) ; sinon elle renferme le contenu (FICHIER.p7m)',
  sign_timestamp: 'fait horodater la signature par le service d’horodatage à cette adresse',
  sign_tsa_anchor:
    'fichier des autorités dignes de confiance pour les horodatages, répétable (par défaut : celles de vos services)',
  sign_pem: 'écrit du PEM',
  sign_anyway: 'signe bien que le certificat soit expiré (expired), ou ne soit pas fait pour signer (usage)',
  sign_out: 'écrit dans ce fichier, - pour la sortie standard (par défaut : à côté du fichier)',
  verify_signature: 'dit de qui est la signature d’un fichier, et si elle tient',
  verify_signature_file:
    'la signature ou le fichier signé, PEM, DER ou BER, ou un horodatage ; - pour l’entrée standard',
  verify_signature_content: 'ce qui fut signé, quand il n’est pas dedans (par défaut : le fichier voisin, sans .p7s)',
  verify_signature_anchor: 'fichier des autorités dignes de confiance, répétable (par défaut : celles de vos services)',
  verify_signature_environment:
    'de quels services sont les racines, sans --anchor : production ou test (par défaut : production)',
  verify_signature_email: 'l’adresse électronique que le certificat du signataire doit avoir',
  verify_signature_fingerprint: 'empreinte SHA-256 que le certificat du signataire doit avoir',
  verify_signature_anyone: 'accepte la signature de toute personne dont les autorités se portent garantes',
  verify_signature_without_revocation: 'ne demande pas si des certificats furent révoqués',
  verify_signature_revocation:
    'required : l’inconnu est refusé ; if-known : seul le révoqué l’est (par défaut : required)',
  verify_signature_purpose:
    'ce à quoi le certificat du signataire doit servir : email-signing, code-signing, any (par défaut : email-signing)',
  verify_signature_tsa_anchor:
    'fichier des autorités dignes de confiance pour les horodatages (par défaut : comme --anchor)',
  verify_signature_old: 'accepte SHA-1 et les clés RSA courtes, pour lire des archives',
  verify_signature_out: 'écrit dans ce fichier le contenu qui est dedans, quand tout tient ; - pour la sortie standard',
  timestamp: 'fait horodater un fichier par un service d’horodatage',
  timestamp_file: 'le fichier à horodater, ou - pour l’entrée standard ; il ne quitte pas cette machine',
  timestamp_url: 'adresse du service d’horodatage (par défaut : celui de votre service)',
  timestamp_desk: 'le service qui horodate, et qui est cru : son nom, son hôte ou son adresse',
  timestamp_signature: 'FICHIER est une signature : y met l’horodatage, comme le fait sign --timestamp',
  timestamp_digest: 'condensat qui est horodaté',
  timestamp_out: 'écrit l’horodatage dans ce fichier, - pour la sortie standard (par défaut : FICHIER.tst)',
  value_digest: 'condensat',
}
