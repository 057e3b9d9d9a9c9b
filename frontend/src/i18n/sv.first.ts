import type { FirstTexts } from './fi.first';
import { actions } from './sv/actions';
import { app } from './sv/app';
import { content } from './sv/content';
import { forumLoops } from './sv/forumLoops';
import { gaps } from './sv/gaps';
import { goals } from './sv/goals';
import { overview } from './sv/overview';
import { pages } from './sv/pages';
import { problems } from './sv/problems';
import { reservations } from './sv/reservations';
import { responsibilities } from './sv/responsibilities';
import { search } from './sv/search';
import { session } from './sv/session';
import { ui } from './sv/ui';

/** What the frame of the page and the front page say in Swedish. */
export const first: FirstTexts = {
  actions,
  app,
  content,
  forumLoops,
  gaps,
  goals,
  overview,
  pages,
  problems,
  reservations,
  responsibilities,
  search,
  session,
  ui,
};
