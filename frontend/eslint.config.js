import { existsSync, readdirSync } from 'node:fs';
import js from '@eslint/js';
import importRules from 'eslint-plugin-import';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Who may import whom: app -> features -> content -> (api, ui, lib, i18n). content holds what several
// features compose of the domain's parts. Tests may use src/test as well.
const features = existsSync('src/features')
  ? readdirSync('src/features', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : [];

const zones = [
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
    message: 'A feature never imports another feature: they meet by id.',
  })),
  { target: './src/features', from: './src/app', message: 'Features do not know the app.' },
  ...['app', 'features'].map((from) => ({ target: './src/content', from: `./src/${from}` })),
  ...['app', 'features', 'content', 'api'].map((from) => ({
    target: './src/ui',
    from: `./src/${from}`,
    message: 'ui knows no domain, no feature and no server.',
  })),
  ...['app', 'features', 'content', 'ui'].map((from) => ({
    target: './src/api',
    from: `./src/${from}`,
  })),
  ...['app', 'features', 'content', 'ui', 'api'].map((from) => ({
    target: './src/i18n',
    from: `./src/${from}`,
  })),
  ...['app', 'features', 'content', 'ui', 'api', 'i18n'].map((from) => ({
    target: './src/lib',
    from: `./src/${from}`,
  })),
];

export default tseslint.config(
  { ignores: ['dist', 'test-results', 'playwright-report', 'e2e/.out', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  jsxA11y.flatConfigs.recommended,
  {
    plugins: { import: importRules },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.d.ts', '.js', '.css'] } },
    },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ":matches(CallExpression[callee.name='mutate'], CallExpression[callee.property.name='mutate'])[arguments.length>1]",
          message:
            'Callbacks of mutate are dropped when the component that gave them is gone: whenSaved.',
        },
        {
          selector:
            ':matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(MemberExpression[property.name=/^(count|total|length)$|(Count|Total)$/], Identifier[name=/^(count|total)$|(Count|Total)$/])',
          message: 'A count has spaces between thousands: <Num value={…} />.',
        },
        {
          selector:
            ":matches(JSXAttribute[name.name='dangerouslySetInnerHTML'], Property[key.name='dangerouslySetInnerHTML'], JSXAttribute[name.name='srcDoc'])",
          message: 'What people typed is text and never HTML.',
        },
        {
          selector:
            ":matches(AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/], CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/], CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/])",
          message: 'What people typed is text and never HTML.',
        },
        {
          selector: "JSXAttribute[name.name='href'][value.value=/^\\s*javascript:/i]",
          message: 'A link never runs a script.',
        },
      ],
      'no-eval': 'error',
      'no-implied-eval': 'off', // the one below knows types
      '@typescript-eslint/no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'import/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    // Playwright's fixtures have a function called use, which is no hook.
    files: ['e2e/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
  },
);
