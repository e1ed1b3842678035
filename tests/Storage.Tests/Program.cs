using PosteRestante.Storage.Tests.Crash;
using Xunit.Runner.InProc.SystemConsole;

// The crash tests start this program again as the process to kill.
return args is [DepositChild.Verb, ..]
    ? await DepositChild.RunAsync(args[1..])
    : await ConsoleRunner.Run(args);
