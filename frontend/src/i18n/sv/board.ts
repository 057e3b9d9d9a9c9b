import { formatNumber } from '../../lib/numbers';
import type { Texts } from '../fi';

const num = (value: number) => formatNumber(value, 'sv');

export const board: Texts['board'] = {
  title: 'Åtgärderna som en tavla',
  help: 'Knappen Flytta visar till vilka kolumner kortet kan föras. Kortet kan också dras. Med piltangenterna går du från kort till kort.',
  columnsBy: 'Kolumner',
  by: { status: 'Enligt status', phase: 'Enligt genomförandefas' },
  column: 'Kolumn som visas',
  withCount: (name, count) => `${name} (${num(count)})`,
  empty: 'Inga åtgärder',
  noCards: 'Korten kunde inte hämtas.',
  more: (shown, all) => `Visa fler (${num(shown)}/${num(all)})`,
  othersToo: (count) => `och ${num(count)} till`,
  move: 'Flytta',
  moveOne: (no) => `Flytta åtgärd ${no}`,
  isIn: (no, column) => `Åtgärd ${no} är i kolumnen ${column}. Vart flyttas den?`,
  reportsFor: (party) =>
    `Flytten anger din egen parts status: ${party}. Kolumnen visar parternas gemensamma status.`,
  here: 'kortet är här',
  saidAlready: 'din part har redan angett detta',
  needs: {
    reason: 'en motivering behövs',
    result: 'ett resultat behövs',
    forward: 'frågar var arbetet fortsätter',
  },
  noPhase:
    'Genomförandefasen kan inte tas bort genom att kortet flyttas. Ändra den på åtgärdens blankett.',
  retiredPhase: 'Fasen används inte längre.',
  notYours: (names) =>
    `I din uppgift har du inte rätt att ange status för den här åtgärden. De ansvariga parterna gör det: ${names}.`,
  nobodys:
    'I din uppgift har du inte rätt att ange status för den här åtgärden. Ingen har ännu ansvar för den: en koordinator kan ange status.',
  withdrawn: 'Åtgärden har tagits bort som felaktig. Återställ den först.',
  moving: (no) => `Åtgärd ${no} flyttas.`,
  moved: (no, from, to) => `Åtgärd ${no} flyttades: ${from} → ${to}.`,
  saidOwn: (no, word, joint) =>
    `Din parts status för åtgärd ${no} är nu ${word}. Parternas gemensamma status är ${joint}, så kortet är i den kolumnen.`,
  alreadySaid: (no, word, joint) =>
    `Din parts status för åtgärd ${no} är redan ${word}. Parternas gemensamma status är ${joint}.`,
  notMoved: (no, why) => `Åtgärd ${no} flyttades inte. ${why} Blanketten är öppen i kortet.`,
  dropHere: 'Släpp här',
};
