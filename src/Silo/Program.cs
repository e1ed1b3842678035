using System.CommandLine;
using PosteRestante.Silo.CommandLine;

// The host handles SIGTERM and Ctrl+C; a second handler that gives up after two seconds would cut its drain short.
return await SiloCommands.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
