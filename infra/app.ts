import { bundleAll } from './constructs/bundle.ts';

// The bundler, a process of its own, works while the CDK is read.
const bundled = bundleAll({ maps: process.env.MAPS !== 'none' });
const [{ App, Validations }, { AwsSolutionsChecks }, { compose }] = await Promise.all([
  import('aws-cdk-lib'),
  import('cdk-nag'),
  import('./system.ts'),
]);
await bundled;
const app = new App({ analyticsReporting: false });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
compose(app);
