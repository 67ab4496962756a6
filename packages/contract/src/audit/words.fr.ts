import type { Sentence } from '../words/sentence.ts'
import type { AuditErrors } from './errors.ts'

export const AUDIT_FR: Readonly<Record<keyof AuditErrors, Sentence>> = {
  log_gap: {
    says: 'Trop de lignes du journal manquent pour l’accepter tel quel : la place {place, number} est vide, et la suivante occupée est la place {next, number}, par la ligne {number, number}.',
    hint: 'Prenez une copie complète ; ou, si quelqu’un y a déplacé cette ligne, rendez-lui sa place en tant que propriétaire de la base de données.',
  },
  log_line_altered: {
    says: 'La ligne {number, number} du journal a été modifiée : {what, select, shown {ce qui en est affiché n’est pas ce qui fut écrit} other {elle n’est pas ce dont son empreinte fut faite}} (place {place, number}).',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_line_removed: {
    says: 'Une ligne du journal a été retirée : celle de la place {place, number}, {after, plural, =0 {qui était la première} other {après la ligne {after, number}}}.',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_line_inserted: {
    says: 'La ligne {number, number} a été ajoutée au journal après coup : le service ne l’a pas écrite là où elle se trouve.',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_lines_reordered: {
    says: 'Des lignes du journal ont été interverties : la ligne {number, number} vient après la ligne {before, number}, et fut écrite avant elle.',
    hint: 'Tout ce qui les précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_head_differs: {
    says: 'Le journal n’est pas celui que couvre sa tête de {size, number} lignes : parmi les lignes des places {first, number} à {last, number}, une a été modifiée, retirée, ajoutée ou intervertie avec sa preuve.',
    hint: 'Tout ce qui les précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_head_forged: {
    says: 'La tête de {size, number} lignes ({at, date, long}) n’est pas signée par une clé de ce journal.',
    hint: 'Si la clé du journal a été changée volontairement, indiquez la nouvelle par --key ; sinon, quelqu’un a réécrit le journal.',
  },
  log_head_beyond: {
    says: 'Une tête de {size, number} lignes accompagne ce journal, qui en a {found, number} : aucune ligne n’y mène, et aucune clé du journal ne l’a signée.',
    hint: 'Quelqu’un qui peut écrire dans la base de données l’y a mise, ou des lignes de la fin ont été retirées avant sa signature. Comparez avec une sauvegarde et avec les têtes que le service a envoyées.',
  },
  log_end_unsigned: {
    says: 'Aucune tête signée ne couvre {lines, plural, one {la dernière ligne} other {les # dernières lignes}} de ce journal, après les {size, number} premières, alors {lines, plural, one {qu’elle a} other {qu’elles ont}} plus de dix minutes : rien ne {lines, plural, one {la} other {les}} prouve.',
    hint: 'Un service tué laisse de telles lignes, et une copie prise juste avant la signature aussi : démarrez-le, et reprenez une copie. Si la clé du journal ne s’ouvre pas, le service le dit : rétablissez-la, et il signe dans la minute. Sinon, quelqu’un a écrit ces lignes ou a retiré les têtes.',
  },
  log_erased_untold: {
    says: 'Des données personnelles ont été retirées de ce journal en {found, plural, one {# endroit} other {# endroits}}, et ses lignes n’en rapportent que {told, number} : le reste n’a pas été effacé par le service.',
    hint: 'Toutes les lignes restent prouvées, seuls des noms, des adresses ou des motifs manquent. Comparez avec une sauvegarde antérieure pour savoir où, et cherchez qui peut écrire dans la base de données.',
  },
  log_unsigned: {
    says: 'Aucune tête signée ne couvre {lines, plural, one {la ligne} other {les # lignes}} de ce journal : rien ne {lines, plural, one {la} other {les}} prouve.',
    hint: 'Démarrez le service : il signe dans la minute. S’il avait déjà signé, quelqu’un a retiré les têtes.',
  },
  log_rewritten: {
    says: 'Le journal a été réécrit : ses {size, number} premières lignes ne sont pas celles de la tête indiquée.',
    hint: 'Conservez la tête et ce journal. Comparez avec une sauvegarde antérieure à la tête, et cherchez qui peut écrire dans la base de données et dans les clés.',
  },
  log_shorter: {
    says: 'Le journal a été tronqué : la tête indiquée est de {size, number} lignes, et il en a {found, number}.',
    hint: 'Vérifiez que ce n’est pas une copie antérieure à la tête. Sinon, des lignes ont été retirées à la fin.',
  },
  log_restored: {
    says: 'La tête indiquée, de {size, number} lignes, porte sur des lignes perdues lorsqu’une copie plus ancienne de la base de données fut acceptée, le {at, date, long} (ligne {number, number}).',
    hint: 'Indiquez une tête postérieure à ce jour. Demandez à la personne qui a accepté la copie si elle l’a bien fait.',
  },
  log_head_foreign: {
    says: 'La tête indiquée est celle du journal {origin}, et celui-ci est {own}.',
    hint: 'Indiquez une tête de ce journal. Si c’en est une, quelqu’un a réécrit le journal sous un autre nom.',
  },
  log_head_unreadable: {
    says: '{path} n’est pas une tête signée de journal.',
    hint: 'Indiquez l’un des fichiers ou messages que le service a envoyés, entier.',
  },
  log_export_unreadable: {
    says: 'L’export est illisible à sa ligne {line, number}, ou s’arrête avant sa fin.',
    hint: 'Exportez de nouveau le journal : scel-desk audit export.',
  },
  log_key_invalid: {
    says: '{key} n’est pas une clé de journal.',
    hint: 'Donnez-la comme l’affiche scel-desk audit verify : nom+id+clé.',
  },
}
