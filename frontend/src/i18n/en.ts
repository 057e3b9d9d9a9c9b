import type { Texts } from './fi';
import { access } from './en/access';
import { actionTable } from './en/actionTable';
import { imports } from './en/imports';
import { actions } from './en/actions';
import { agenda } from './en/agenda';
import { app } from './en/app';
import { board } from './en/board';
import { bulk } from './en/bulk';
import { calendars } from './en/calendars';
import { chains } from './en/chains';
import { components } from './en/components';
import { content } from './en/content';
import { decisionFeeds } from './en/decisionFeeds';
import { dependencies } from './en/dependencies';
import { drafts } from './en/drafts';
import { following } from './en/following';
import { forums } from './en/forums';
import { freshness } from './en/freshness';
import { forumImport } from './en/forumImport';
import { forumLoops } from './en/forumLoops';
import { forumYear } from './en/forumYear';
import { gaps } from './en/gaps';
import { goals } from './en/goals';
import { handovers } from './en/handovers';
import { jobs } from './en/jobs';
import { log } from './en/log';
import { mails } from './en/mails';
import { mailTexts } from './en/mailTexts';
import { matrix } from './en/matrix';
import { meetings } from './en/meetings';
import { organisation } from './en/organisation';
import { conditionHelp } from './en/conditionHelp';
import { myWork } from './en/myWork';
import { overview } from './en/overview';
import { papers } from './en/papers';
import { plan } from './en/plan';
import { problems } from './en/problems';
import { profile } from './en/profile';
import { radar } from './en/radar';
import { reservations } from './en/reservations';
import { responsibilities } from './en/responsibilities';
import { rounds } from './en/rounds';
import { savedViews } from './en/savedViews';
import { search } from './en/search';
import { session } from './en/session';
import { together } from './en/together';
import { timeline } from './en/timeline';
import { tokens } from './en/tokens';
import { ui } from './en/ui';

export const en: Texts = {
  access,
  actionTable,
  imports,
  actions,
  agenda,
  app,
  board,
  bulk,
  calendars,
  chains,
  components,
  conditionHelp,
  content,
  decisionFeeds,
  dependencies,
  drafts,
  following,
  forums,
  freshness,
  forumImport,
  forumLoops,
  forumYear,
  gaps,
  goals,
  handovers,
  jobs,
  log,
  mails,
  mailTexts,
  matrix,
  meetings,
  papers,
  myWork,
  organisation,
  overview,
  plan,
  problems,
  profile,
  radar,
  reservations,
  responsibilities,
  rounds,
  savedViews,
  search,
  session,
  together,
  timeline,
  tokens,
  ui,
};
