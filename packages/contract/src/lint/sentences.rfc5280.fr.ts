import type { SuiteSentences } from './sentences.ts'

export const RFC5280_FR: SuiteSentences<'rfc5280'> = {
  'rfc5280/well-formed': {
    unreadable: 'Lecture impossible. {reason}',
    extension: 'L’extension {extension} est illisible. {reason}',
  },
  'rfc5280/version': {
    'not-3': 'Le certificat est de version {version} ; il doit être de version 3.',
  },
  'rfc5280/serial-number': {
    negative: 'Le numéro de série est négatif.',
    zero: 'Le numéro de série est nul.',
    'too-long': 'Le numéro de série a {length} octets ; 20 est le maximum.',
  },
  'rfc5280/signature': {
    parameters: 'L’algorithme de signature {oid} est écrit avec des paramètres interdits, ou sans ceux qu’il exige.',
  },
  'rfc5280/validity': {
    'ends-before-it-begins': 'La validité finit avant de commencer.',
    'wrong-time-type': 'La date {field} est du mauvais type : UTCTime jusqu’en 2049, GeneralizedTime au-delà.',
  },
  'rfc5280/subject': {
    'empty-issuer': 'L’émetteur n’a pas de nom.',
    'authority-without-name': 'Une autorité doit avoir un nom.',
    'crl-signer-without-name': 'Un signataire de listes de révocation doit avoir un nom.',
    'no-critical-alternative-name': 'Sans sujet, il faut un nom alternatif, dans une extension critique.',
  },
  'rfc5280/subject-mail': {
    'not-repeated': 'L’adresse {address} du sujet doit figurer aussi parmi les noms alternatifs.',
    deprecated: 'Une adresse de courriel dans le sujet est déconseillée ; sa place est parmi les noms alternatifs.',
  },
  'rfc5280/attribute-values': {
    'not-a-string': 'La valeur de {attribute} n’est pas un texte.',
    'too-long': 'La valeur de {attribute} a {length} caractères ; {longest} est le maximum.',
    empty: 'La valeur de {attribute} est vide.',
    'outer-spaces': 'La valeur de {attribute} commence ou finit par une espace.',
    country: 'La valeur « {value} » de {attribute} n’est pas formée de deux majuscules.',
    'string-type': 'La valeur de {attribute} est du type {type}, exclu ici des nouveaux certificats.',
    'control-character': 'La valeur de {attribute} contient un caractère de contrôle.',
    'twice-in-step': 'Un même échelon d’un nom porte deux fois {attribute}.',
  },
  'rfc5280/issuer-values': {
    'string-type': 'Dans le nom de l’émetteur, la valeur de {attribute} est du type {type}, réservé aux noms anciens.',
  },
  'rfc5280/public-key': {
    'pre-hash': 'La clé sert à signer des empreintes ({oid}), ce qui est exclu des certificats.',
  },
  'rfc5280/unique-identifiers': {
    present: 'Le certificat porte des identifiants uniques, que personne ne doit plus écrire.',
  },
  'rfc5280/key-identifiers': {
    absent: 'L’extension {extension} manque.',
    'should-be-present': 'L’extension {extension} devrait être présente.',
    critical: 'L’extension {extension} ne doit pas être critique.',
  },
  'rfc5280/basic-constraints': {
    'not-critical': 'Les contraintes de base d’une autorité doivent être critiques.',
    'keyCertSign-without-cA': 'La clé peut signer des certificats, mais le certificat n’est pas celui d’une autorité.',
    'path-length-without-cA': 'Une longueur de chaîne est fixée, mais le certificat n’est pas celui d’une autorité.',
    'path-length-without-keyCertSign':
      'Une longueur de chaîne est fixée, mais la clé ne peut pas signer de certificats.',
  },
  'rfc5280/key-usage': {
    'authority-without-keyCertSign': 'La clé d’une autorité doit pouvoir signer des certificats.',
    'no-bit': 'L’usage de la clé n’autorise rien.',
    'not-critical': 'L’usage de la clé devrait être critique.',
    'only-without-agreement': '{usage} ne veut rien dire sans keyAgreement.',
    'encipherOnly-and-decipherOnly': 'encipherOnly et decipherOnly s’excluent.',
  },
  'rfc5280/key-usage-of-key': {
    forbidden: 'Une clé de type {kind} ne doit pas avoir l’usage {usage}.',
    required: 'Une clé de type {kind} doit avoir un de ces usages : {usage}.',
    mixed:
      'Une clé de type {kind} qui signe des certificats ou des listes de révocation ne devrait pas avoir aussi : {usage}.',
  },
  'rfc5280/extended-key-usage': {
    'no-matching-key-usage': 'L’usage de la clé n’autorise rien de ce qu’il faut pour {purpose}.',
    'critical-with-any': 'Une liste d’usages qui admet tout ne devrait pas être critique.',
    twice: 'L’usage {purpose} figure deux fois.',
    'time-stamping-not-critical': 'L’usage d’horodatage doit être critique.',
    'time-stamping-not-alone': 'L’horodatage doit être le seul usage.',
  },
  'rfc5280/certificate-policies': {
    'any-policy-qualifier': 'La politique « toutes » porte un qualificatif réservé à des politiques précises : {oid}.',
    'notice-reference': 'Un avis renvoie à des textes par leur numéro, ce qui est déconseillé.',
    'notice-text-type': 'Le texte d’un avis est du type {type}, interdit ici.',
    'notice-text-less-preferred': 'Le texte d’un avis est du type {type} ; UTF8String est préféré.',
    'notice-text-too-long': 'Le texte d’un avis a {length} caractères ; 200 est le maximum.',
    'notice-text-control-character': 'Le texte d’un avis contient un caractère de contrôle.',
    'notice-text-not-normalized': 'Le texte d’un avis n’est pas dans la forme normale d’Unicode (NFC).',
    'address-syntax': 'L’adresse de la déclaration des pratiques n’est pas valable : « {name} ».',
  },
  'rfc5280/policy-mappings': {
    'any-policy': 'Une politique est mise en correspondance avec « toutes », ce qui est interdit.',
    'not-asserted': 'La politique {policy} est mise en correspondance, mais le certificat ne la porte pas.',
  },
  'rfc5280/alternative-names': {
    'dns-syntax': 'Dans {extension}, « {name} » n’est pas un nom d’hôte.',
    'mail-syntax': 'Dans {extension}, « {name} » n’est pas une adresse de courriel.',
    'uri-syntax': 'Dans {extension}, « {name} » n’est pas une adresse absolue (URI).',
    'uri-without-host': 'Dans {extension}, l’adresse « {name} » ne nomme aucun hôte.',
    'address-with-mask':
      'Dans {extension}, l’adresse IP « {name} » a un masque ; les masques vont dans les contraintes de noms.',
    'empty-directory-name': 'Dans {extension}, un nom d’annuaire est vide.',
    'utf8-mail-syntax': 'Dans {extension}, « {name} » n’est pas une adresse de courriel internationale.',
    'utf8-mail-is-ascii':
      'Dans {extension}, « {name} » n’a pas besoin de la forme internationale : il faut une adresse ordinaire.',
    'utf8-mail-domain': 'Dans {extension}, le domaine de « {name} » doit être en minuscules ASCII (xn--…).',
    'critical-beside-subject': 'Les noms alternatifs ne devraient pas être critiques quand il y a un sujet.',
  },
  'rfc5280/name-constraints': {
    'not-critical': 'Les contraintes de noms doivent être critiques.',
    'only-for-authorities': 'Seul le certificat d’une autorité peut porter des contraintes de noms.',
    'unusual-name-form': 'Les contraintes de noms lient une forme de nom qu’elles ne devraient pas lier : {kind}.',
    'base-syntax': 'Dans les contraintes de noms, « {name} » n’a pas la forme que son type y exige.',
    'address-without-mask': 'Dans les contraintes de noms, l’adresse IP « {name} » n’a pas de masque.',
    'mask-not-contiguous': 'Dans les contraintes de noms, le masque de « {name} » n’est pas fait de uns puis de zéros.',
  },
  'rfc5280/distribution-points': {
    'no-name-and-no-issuer': 'Dans {extension}, un point de distribution n’a ni adresse ni émetteur.',
    'not-all-reasons': 'Dans {extension}, aucun point de distribution ne couvre tous les motifs.',
    'relative-name': 'Dans {extension}, un point de distribution a un nom relatif, ce qui est déconseillé.',
    'relative-to-several': 'Dans {extension}, un point de distribution a un nom relatif à plusieurs émetteurs.',
    'issuer-is-no-directory-name': 'Dans {extension}, l’émetteur de la liste n’est pas un nom d’annuaire.',
    'no-http-or-ldap': 'Dans {extension}, un point de distribution devrait avoir une adresse HTTP ou LDAP.',
    'address-syntax': 'Dans {extension}, « {name} » n’est pas une adresse valable.',
  },
  'rfc5280/information-access': {
    'ca-issuers-no-http-or-ldap': 'Le certificat de l’émetteur devrait avoir une adresse HTTP ou LDAP.',
    'ocsp-is-no-address': 'L’emplacement du répondeur OCSP doit être une adresse (URI).',
    'address-syntax': 'Dans {extension}, « {name} » n’est pas une adresse valable.',
  },
  'rfc5280/criticality': {
    'must-be': 'L’extension {extension} doit être critique.',
    'must-not-be': 'L’extension {extension} ne doit pas être critique.',
    'should-be': 'L’extension {extension} devrait être critique.',
    'should-not-be': 'L’extension {extension} ne devrait pas être critique.',
    unknown: 'L’extension critique {oid} est inconnue ici ; la plupart des programmes refuseront le certificat.',
  },
  'rfc5280/certificate-transparency': {
    'poison-and-timestamps':
      'Un précertificat porte des horodatages de journaux de transparence, qu’il ne peut pas encore avoir reçus.',
  },
  'rfc5280/authority-extensions': {
    'only-for-authorities': 'L’extension {extension} est réservée aux autorités ; elle est sans effet ici.',
  },
  'rfc5280/crl-fields': {
    'version-1': 'La liste est de version 1 ; elle doit être de version 2.',
    'empty-issuer': 'L’émetteur n’a pas de nom.',
    'no-next-update': 'La liste ne dit pas quand vient la suivante.',
    'ends-before-it-begins': 'La liste suivante était attendue avant que celle-ci soit faite.',
    'wrong-time-type': 'La date {field} est du mauvais type : UTCTime jusqu’en 2049, GeneralizedTime au-delà.',
    'empty-entries': 'La liste a un champ d’entrées et aucune dedans ; il doit alors manquer.',
    'signature-parameters':
      'L’algorithme de signature {oid} a des paramètres qu’il ne doit pas avoir, ou n’a pas ceux qu’il doit avoir.',
  },
  'rfc5280/crl-extensions': {
    absent: 'L’extension {extension} manque.',
    'must-be-critical': 'L’extension {extension} doit être critique.',
    'must-not-be-critical': 'L’extension {extension} ne doit pas être critique.',
    'should-not-be-critical': 'L’extension {extension} ne devrait pas être critique.',
    'unknown-critical': 'L’extension critique {oid} est inconnue ici ; la plupart des programmes refuseront la liste.',
    'delta-before-base': 'Le numéro de la liste est inférieur à celui de la liste qu’elle dit modifier.',
    'delta-with-freshest':
      'Une liste de changements ne doit pas dire où trouver des listes de changements (freshestCRL).',
  },
  'rfc5280/crl-entries': {
    unspecified:
      'Les entrées de motif « unspecified » ne devraient en donner aucun : {count}, la première de numéro de série {serial}.',
    'revoked-later':
      'Des entrées révoquées après la date de la liste : {count}, la première au numéro de série {serial}.',
    'removed-outside-delta':
      'Seule une liste de changements peut avoir des entrées retirées : {count}, la première de numéro de série {serial}.',
    'must-be-critical':
      'Dans les entrées, l’extension {extension} doit être critique : {count}, la première de numéro de série {serial}.',
    'must-not-be-critical':
      'Dans les entrées, l’extension {extension} ne doit pas être critique : {count}, la première de numéro de série {serial}.',
    'unknown-critical':
      'Des entrées portent l’extension critique {oid}, inconnue ici ; la liste ne doit pas servir sans elle.',
  },
}
