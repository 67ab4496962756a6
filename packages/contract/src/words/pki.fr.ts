import type { PkiErrorCode } from '@scel/pki/errors'
import type { Sentence } from './sentence.ts'

// ICU message texts; French. Arguments are the facts of the code. Typographic apostrophes, since ' quotes in ICU.
export const PKI_FR: Readonly<Record<PkiErrorCode, Sentence>> = {
  algorithm_unsupported: {
    says: 'L’algorithme {oid} n’est pas pris en charge ici.',
    hint: 'Utilisez l’un des algorithmes cités dans la documentation.',
  },
  algorithm_weak: {
    says: 'Le fichier est protégé par une méthode ancienne et faible : {name}.',
    hint: 'Un tel fichier n’est lu que sur demande expresse ; rangez ensuite son contenu sous une méthode moderne.',
  },
  certificate_expired: {
    says: 'Le certificat de {subject} a expiré le {notAfter, date, long}.',
    hint: 'Utilisez-en un plus récent, ou vérifiez que l’horloge est à l’heure.',
  },
  certificate_malformed: {
    says: 'Ce certificat est mal formé : {what}.',
    hint: 'Redemandez le fichier ; il a pu être abîmé en chemin.',
  },
  certificate_not_yet_valid: {
    says: 'Le certificat de {subject} n’est valable qu’à partir du {notBefore, date, long}.',
    hint: 'Attendez cette date, ou vérifiez que l’horloge est à l’heure.',
  },
  certificate_revoked: {
    says: 'Le certificat de {subject} (numéro de série {serial}) a été révoqué le {at, date, long}.',
    hint: 'Demandez-en un nouveau à son titulaire.',
  },
  cms_malformed: {
    says: 'Ce fichier signé ou chiffré est illisible : {what}.',
    hint: 'Redemandez le fichier ; il a pu être abîmé en chemin.',
  },
  content_altered: {
    says: 'Le contenu n’est pas celui qui a été signé.',
    hint: 'Il a été modifié en chemin ou après coup ; redemandez-le à son expéditeur.',
  },
  content_missing: {
    says: 'La signature est seule : le contenu signé n’est pas dans le fichier.',
    hint: 'Donnez aussi le contenu.',
  },
  content_too_long: {
    says: 'Le contenu est trop long pour être scellé d’un seul tenant : la limite est de {limit, number} octets.',
    hint: 'Scellez-le en plusieurs parties.',
  },
  content_twice: {
    says: 'Le fichier signé contient déjà un contenu, et un autre a été donné avec lui.',
    hint: 'Vérifiez le fichier signé seul ; ce qu’il contient est ce qui a été signé.',
  },
  crl_malformed: {
    says: 'Cette liste de révocation est mal formée : {what}.',
    hint: 'Récupérez-la de nouveau auprès de son autorité.',
  },
  crl_outdated: {
    says: 'La liste de révocation de {issuer} ne vaut pas le {at, date, long} : elle court du {thisUpdate, date, long} au {nextUpdate, date, long}.',
    hint: 'Récupérez la liste actuelle, ou vérifiez l’horloge.',
  },
  decryption_failed: {
    says: 'Ces données n’ont pas pu être déchiffrées : elles le sont pour une autre clé, ou ont été abîmées ou modifiées en chemin.',
    hint: 'Redemandez-les, chiffrées pour votre certificat actuel.',
  },
  der_malformed: {
    says: 'Les données ne sont pas du DER bien formé : {what}, à l’octet {offset}.',
    hint: 'Vérifiez que le fichier est entier et de la bonne nature.',
  },
  der_too_deep: {
    says: 'Les données sont imbriquées trop profondément : {what}.',
    hint: 'Un tel fichier est abîmé ou hostile ; ne l’utilisez pas.',
  },
  encoding_malformed: {
    says: 'Le texte est mal codé : {what}.',
    hint: 'Copiez-le de nouveau, en entier.',
  },
  extension_critical_unknown: {
    says: 'Le certificat de {subject} porte une extension critique inconnue ici : {oid}.',
    hint: 'Il doit être refusé ; demandez à son autorité à quoi elle sert.',
  },
  extension_duplicate: {
    says: 'L’extension {oid} figure deux fois.',
    hint: 'Refaites le fichier avec chaque extension une seule fois.',
  },
  host_mismatch: {
    says: 'Le certificat de {subject} n’est pas pour l’hôte {wanted}. Hôtes qu’il nomme : {names}.',
    hint: 'Vérifiez l’adresse ; si elle est juste, l’exploitant du serveur a besoin d’un certificat qui la nomme.',
  },
  identity_mismatch: {
    says: 'La signature est celle de {subject}, non celle de {wanted}.',
    hint: 'Demandez à l’expéditeur par une autre voie de qui est cette signature ; d’ici là, ne croyez pas l’origine annoncée.',
  },
  input_too_large: {
    says: '{what} : au-delà de la limite de {limit}.',
    hint: 'Vérifiez qu’il s’agit du bon fichier.',
  },
  issuer_unknown: {
    says: 'Le certificat de {subject} vient d’une autorité inconnue ici : {issuer}.',
    hint: 'Ajoutez cette autorité si vous lui faites confiance, ou utilisez un certificat d’une autorité connue.',
  },
  key_incapable: {
    says: '{what, select, sign {Là où elle est gardée, cette clé ne signe pas.} decrypt {Là où elle est gardée, cette clé ne déchiffre pas.} agree {Là où elle est gardée, cette clé ne convient d’aucun secret.} other {Là où elle est gardée, cette clé n’ouvre aucun secret.}}',
    hint: 'Utilisez une autre clé, ou faites autoriser cet usage dans le jeton, le magasin ou le service qui la garde.',
  },
  key_malformed: {
    says: 'La clé est illisible : {what}.',
    hint: 'Vérifiez que le fichier est entier et contient la bonne sorte de clé.',
  },
  key_mismatch: {
    says: 'La clé et le certificat ne vont pas ensemble : {what}.',
    hint: 'Choisissez la clé pour laquelle le certificat a été fait.',
  },
  key_passphrase_wrong: {
    says: 'Le fichier s’ouvre, mais la clé qu’il contient a une autre phrase de passe.',
    hint: 'Donnez aussi la phrase de passe de la clé.',
  },
  key_too_weak: {
    says: 'La clé de {subject} est trop faible : {bits} bits.',
    hint: 'Ne faites pas confiance à cette chaîne ; son autorité a besoin d’une clé plus forte.',
  },
  key_unavailable: {
    says: '{why, select, absent {La clé est inutilisable : {where} n’est pas là.} locked {La clé est inutilisable : {where} est verrouillé.} pin {La clé est inutilisable : code PIN erroné pour {where}.} slow {La clé est inutilisable : {where} ne répond pas.} refused {La clé est inutilisable : {where} refuse.} other {La clé est inutilisable : {where} est en panne.}}',
    hint: '{why, select, absent {Insérez le jeton, ou vérifiez que son service fonctionne, puis recommencez.} locked {Faites-le déverrouiller par ceux qui en ont la charge.} pin {Vérifiez le code PIN avant de recommencer : après quelques erreurs, le jeton se verrouille.} slow {Vérifiez qu’il est bien relié, puis recommencez.} refused {Faites autoriser cet usage par ceux qui en ont la charge.} other {Recommencez ; si cela persiste, adressez-vous à ceux qui en ont la charge.}}',
  },
  key_usage_missing: {
    says: 'Le certificat de {subject} n’autorise pas cet usage de sa clé : {usage}.',
    hint: 'Utilisez un certificat fait pour cet usage.',
  },
  mime_malformed: {
    says: 'Ceci n’est pas un courriel tel que le prévoient les normes ({what}).',
    hint: 'Enregistrez-le de nouveau depuis la messagerie comme message original ; un courriel coupé ou retouché ne peut pas être lu.',
  },
  name_constraint_violated: {
    says: 'Le nom {name} de {subject} sort de ce que son autorité peut certifier.',
    hint: 'Il doit être émis par une autre autorité.',
  },
  name_malformed: {
    says: 'Le nom est illisible : {what}.',
    hint: 'Corrigez le nom et recommencez.',
  },
  not_a_recipient: {
    says: 'Ce contenu est scellé pour d’autres : aucune des clés présentes ne l’ouvre.',
    hint: 'Choisissez la clé, ou la phrase de passe, pour laquelle il a été scellé.',
  },
  not_an_authority: {
    says: '{subject} a signé un certificat mais n’est pas une autorité.',
    hint: 'Ne faites pas confiance à cette chaîne.',
  },
  ocsp_malformed: {
    says: 'Ce message OCSP est mal formé : {what}.',
    hint: 'Posez de nouveau la question.',
  },
  ocsp_outdated: {
    says: 'La réponse OCSP du {thisUpdate, date, long} est périmée.',
    hint: 'Posez de nouveau la question, ou vérifiez l’horloge.',
  },
  ocsp_refused: {
    says: 'Le répondeur OCSP a refusé de répondre : {status}.',
    hint: 'Recommencez plus tard.',
  },
  oid_malformed: {
    says: 'L’identifiant d’objet est illisible : {what}.',
    hint: 'Écrivez-le en nombres séparés par des points.',
  },
  passphrase_missing: {
    says: 'La clé est protégée par une phrase de passe, et aucune n’a été donnée.',
    hint: 'Donnez aussi la phrase de passe.',
  },
  passphrase_wrong: {
    says: 'La phrase de passe est fausse.',
    hint: 'Retapez-la, en prenant garde aux majuscules et à la langue du clavier.',
  },
  path_length_exceeded: {
    says: '{subject} ne peut pas avoir d’autre autorité sous elle.',
    hint: 'Ne faites pas confiance à cette chaîne.',
  },
  path_too_costly: {
    says: 'Vérifier cette chaîne coûte trop cher : {item}.',
    hint: 'Ne donnez que les certificats qui appartiennent à la chaîne.',
  },
  path_too_long: {
    says: 'La chaîne au-dessus de {subject} compte plus de {limit, plural, one {# certificat} other {# certificats}}.',
    hint: 'Aucune chaîne en usage n’est si longue : demandez à qui l’a émise un certificat plus proche de sa racine.',
  },
  pem_encryption_old: {
    says: 'La clé est chiffrée à l’ancienne manière d’OpenSSL, qui la protège mal (Proc-Type: 4,ENCRYPTED).',
    hint: 'Convertissez-la là où elle a été faite : openssl pkcs8 -topk8 -in ANCIENNE -out NOUVELLE.',
  },
  pem_malformed: {
    says: 'Ce texte PEM est mal formé : {what}.',
    hint: 'Copiez le bloc entier, de BEGIN à END.',
  },
  pkcs12_key_missing: {
    says: 'Ce fichier .p12 ne contient pas de clé privée.',
    hint: 'Demandez le fichier avec la clé, ou n’utilisez que ses certificats.',
  },
  pkcs12_keys_several: {
    says: 'Ce fichier .p12 contient {count} clés privées, alors qu’une seule est attendue.',
    hint: 'Exportez seule la clé dont vous avez besoin.',
  },
  pkcs12_mac_missing: {
    says: 'Rien dans ce fichier .p12 ne permet de voir si quelqu’un l’a modifié.',
    hint: 'Demandez un fichier avec contrôle d’intégrité, ou autorisez celui-ci si vous connaissez sa provenance.',
  },
  pkcs12_malformed: {
    says: 'Ce fichier .p12 est illisible : {what}.',
    hint: 'Redemandez le fichier ; il a pu être abîmé en chemin.',
  },
  policy_missing: {
    says: 'La chaîne de {subject} ne porte aucune des politiques de certification demandées.',
    hint: 'Utilisez un certificat émis sous une telle politique, ou demandez-en une autre.',
  },
  recipient_missing: {
    says: 'Personne n’est désigné qui pourrait l’ouvrir.',
    hint: 'Désignez au moins un destinataire.',
  },
  recipient_not_usable: {
    says: 'Rien ne peut être scellé pour {subject} : {why, select, key {la clé du certificat ne fait que signer} usage {le certificat n’autorise pas sa clé à recevoir} weak {la clé est trop faible} other {{why}}}.',
    hint: 'Demandez un certificat fait pour le chiffrement.',
  },
  recipients_mixed: {
    says: 'Certains destinataires ont une clé post-quantique, d’autres une clé classique ; qui casserait une seule clé classique lirait tout.',
    hint: 'Scellez une fois pour chaque sorte, ou dites que c’est voulu.',
  },
  request_malformed: {
    says: 'Cette demande de certificat (CSR) est mal formée : {what}.',
    hint: 'Refaites la demande.',
  },
  revocation_unknown: {
    says: 'Rien ne dit si le certificat de {subject} (numéro de série {serial}) a été révoqué.',
    hint: 'Récupérez la liste de révocation de son autorité.',
  },
  signature_invalid: {
    says: 'La signature n’est pas valable : {what}.',
    hint: 'Le contenu a été modifié ou signé par une autre clé ; ne l’utilisez pas.',
  },
  signature_missing: {
    says: 'Personne n’a signé ce fichier.',
    hint: 'Demandez un fichier signé ; sans signature, rien ne dit d’où il vient.',
  },
  signer_unknown: {
    says: 'Le certificat du signataire manque : {signer}.',
    hint: 'Demandez ce certificat au signataire, et donnez-le aussi.',
  },
  string_malformed: {
    says: 'Le texte est illisible : {what}.',
    hint: 'Corrigez le texte et recommencez.',
  },
  time_malformed: {
    says: 'La date est illisible : {what}.',
    hint: 'Corrigez la date et recommencez.',
  },
  time_stamp_malformed: {
    says: 'Ce message d’horodatage est mal formé : {what}.',
    hint: 'Redemandez l’horodatage.',
  },
  time_stamp_refused: {
    says: 'Le service d’horodatage a refusé : {status}.',
    hint: 'Recommencez plus tard, ou adressez-vous à un autre service.',
  },
  usage_not_allowed: {
    says: 'Le certificat de {subject} n’est pas fait pour cet usage : {purpose}.',
    hint: 'Utilisez un certificat fait pour cet usage.',
  },
}
