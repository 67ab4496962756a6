import type { Sentence } from '../words/sentence.ts'
import type { AuditErrors } from './errors.ts'

export const AUDIT_EN: Readonly<Record<keyof AuditErrors, Sentence>> = {
  log_gap: {
    says: 'Too many lines of the log are missing for it to be taken as it is: place {place, number} has none, and the next that has one is {next, number}, with line {number, number}.',
    hint: 'Take a copy that is whole; or, where somebody moved that line there, give it back the place that it had, as the owner of the database.',
  },
  log_line_altered: {
    says: 'Line {number, number} of the log was altered: {what, select, shown {what is shown of it is not what was written} other {it is not what its hash was made of}} (place {place, number}).',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_line_removed: {
    says: 'A line of the log was removed: the one at place {place, number}, {after, plural, =0 {which was the first} other {after line {after, number}}}.',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_line_inserted: {
    says: 'Line {number, number} was put into the log afterwards: the desk did not write it where it stands.',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_lines_reordered: {
    says: 'Lines of the log were exchanged: line {number, number} comes after line {before, number}, and was written before it.',
    hint: 'Everything before them is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_head_differs: {
    says: 'The log is not the one that its head of {size, number} lines stands over: of the lines at places {first, number} to {last, number}, one was altered, removed, put in or exchanged together with its proof.',
    hint: 'Everything before them is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_head_forged: {
    says: 'The head of {size, number} lines ({at, date, long}) is not signed by a key of this log.',
    hint: 'Where the key of the log was changed on purpose, name the new one with --key; otherwise somebody wrote the log anew.',
  },
  log_head_beyond: {
    says: 'A head of {size, number} lines lies beside this log, which has {found, number}: no lines come to it, and no key of the log signed it.',
    hint: 'Somebody who can write to the database put it there, or lines at the end were removed before it was signed. Compare with a backup and with the heads that the desk pushed.',
  },
  log_end_unsigned: {
    says: 'No signed head stands over the last {lines, plural, one {line} other {# lines}} of this log, after its first {size, number}, although {lines, plural, one {it is} other {they are}} older than ten minutes: nothing proves {lines, plural, one {it} other {them}}.',
    hint: 'A desk that was killed leaves such lines, and so does a copy that was made just before they were signed: start the desk, and take the copy again. Where the key of the log does not open, the desk says so: put it right, and it signs within a minute. Otherwise somebody wrote these lines, or took the heads away.',
  },
  log_erased_untold: {
    says: 'Personal data was taken out of this log in {found, plural, one {# place} other {# places}}, and its lines tell of {told, number}: the rest was not erased by the desk.',
    hint: 'Every line is proven all the same, and only names, addresses or reasons are missing. Compare with an earlier backup to see where, and look for who can write to the database.',
  },
  log_unsigned: {
    says: 'No signed head stands over the {lines, plural, one {# line} other {# lines}} of this log, so that nothing proves {lines, plural, one {it} other {them}}.',
    hint: 'Start the desk: it signs within a minute. Where it had signed before, somebody has taken the heads away.',
  },
  log_rewritten: {
    says: 'The log was written anew: its first {size, number} lines are not those of the head that you gave.',
    hint: 'Keep the head and this log. Compare with a backup from before the head, and look for who can write to the database and to the keys.',
  },
  log_shorter: {
    says: 'The log was cut: the head that you gave is of {size, number} lines, and it has {found, number}.',
    hint: 'Check that this is not a copy from before the head. Otherwise lines were removed at the end.',
  },
  log_restored: {
    says: 'The head that you gave, of {size, number} lines, is of lines that were lost when an older copy of the database was accepted, on {at, date, long} (line {number, number}).',
    hint: 'Give a head from after that day. Ask whoever accepted the copy whether they did.',
  },
  log_head_foreign: {
    says: 'The head that you gave is of the log {origin}, and this one is {own}.',
    hint: 'Give a head of this log. Where it is of this one, somebody wrote the log anew under another name.',
  },
  log_head_unreadable: {
    says: '{path} is no signed head of a log.',
    hint: 'Give one of the files or messages that the desk pushed, whole.',
  },
  log_export_unreadable: {
    says: 'The export cannot be read at its line {line, number}, or ends before its end.',
    hint: 'Export the log again: scel-desk audit export.',
  },
  log_key_invalid: {
    says: '{key} is no key of a log.',
    hint: 'Give it as scel-desk audit verify prints it: name+id+key.',
  },
}
