using System.Globalization;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Deposit;

/// <summary>
/// A program that sends a load and prints one line of results: the peers' one, or our own, which is this program in a process
/// of its own, so that its processor time is nobody else's. Both take the same arguments in the same order and send the same
/// messages; what is compared is always driven by the same one.
/// </summary>
internal sealed class LoadDriver
{
    private readonly string[] _command;
    private readonly string _acknowledgedFile;

    private LoadDriver(string name, string[] command, string acknowledgedFile)
    {
        Name = name;
        _command = command;
        _acknowledgedFile = acknowledgedFile;
    }

    /// <summary>Which one it is, for the output.</summary>
    public string Name { get; }

    /// <summary>The peers' driver where it is, else ours; <c>own</c> or <c>peers</c> demands one. Null when it is not here.</summary>
    public static LoadDriver? Find(string? wanted, string acknowledgedFile)
    {
        var peers = Environment.GetEnvironmentVariable("POSTE_BENCH_SIPLOAD");
        if (wanted != "own" && peers is not null)
        {
            return new LoadDriver("peers", [peers], acknowledgedFile);
        }

        return wanted == "peers" ? null : new LoadDriver("own", [Environment.ProcessPath!, LoadCommand.Name], acknowledgedFile);
    }

    /// <summary>Runs a load of 800-byte messages.</summary>
    public LoadResult Run(
        int port, string transport, long messages, int seconds, int connections = 8, int inFlight = 256, int users = 10_000, int rate = 0, bool oneUser = false)
    {
        var (id, output) = Command.Run(
            _command[0],
            [
                .. _command[1..], Text(port), transport, Text(connections), Text(inFlight), Text(messages), Text(users), Text(seconds),
                _acknowledgedFile, Text(rate), oneUser ? "1" : "0",
            ]);
        return LoadResult.Parse(id, output);
    }

    /// <summary>The ids that the last run got a 2xx for.</summary>
    public HashSet<long> Acknowledged() =>
        [.. File.ReadLines(_acknowledgedFile).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Puts a program <c>sipload</c> into the folder that is this driver, for the peers' script to drive its server with.</summary>
    public void InstallInto(string folder)
    {
        var script = Path.Combine(folder, "sipload");
        File.WriteAllText(script, $"#!/bin/sh\nexec {string.Join(' ', _command.Select(word => $"'{word}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
