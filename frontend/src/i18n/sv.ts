import type { Texts } from './fi';
import { access } from './sv/access';
import { actionTable } from './sv/actionTable';
import { imports } from './sv/imports';
import { actions } from './sv/actions';
import { agenda } from './sv/agenda';
import { app } from './sv/app';
import { board } from './sv/board';
import { bulk } from './sv/bulk';
import { calendars } from './sv/calendars';
import { chains } from './sv/chains';
import { components } from './sv/components';
import { content } from './sv/content';
import { decisionFeeds } from './sv/decisionFeeds';
import { dependencies } from './sv/dependencies';
import { drafts } from './sv/drafts';
import { following } from './sv/following';
import { forums } from './sv/forums';
import { freshness } from './sv/freshness';
import { forumImport } from './sv/forumImport';
import { forumLoops } from './sv/forumLoops';
import { forumYear } from './sv/forumYear';
import { gaps } from './sv/gaps';
import { goals } from './sv/goals';
import { handovers } from './sv/handovers';
import { jobs } from './sv/jobs';
import { log } from './sv/log';
import { mails } from './sv/mails';
import { mailTexts } from './sv/mailTexts';
import { matrix } from './sv/matrix';
import { meetings } from './sv/meetings';
import { organisation } from './sv/organisation';
import { conditionHelp } from './sv/conditionHelp';
import { myWork } from './sv/myWork';
import { overview } from './sv/overview';
import { papers } from './sv/papers';
import { plan } from './sv/plan';
import { problems } from './sv/problems';
import { profile } from './sv/profile';
import { radar } from './sv/radar';
import { reservations } from './sv/reservations';
import { responsibilities } from './sv/responsibilities';
import { rounds } from './sv/rounds';
import { savedViews } from './sv/savedViews';
import { search } from './sv/search';
import { session } from './sv/session';
import { together } from './sv/together';
import { timeline } from './sv/timeline';
import { tokens } from './sv/tokens';
import { ui } from './sv/ui';

export const sv: Texts = {
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
