import { killedAtEveryStage } from './killedAtEveryStage.ts';

killedAtEveryStage('coins');
