using System.Diagnostics;
using System.Globalization;

namespace PosteRestante.Storage.Tests.Crash;

/// <summary>A <see cref="DepositChild"/> in a process of its own, and what it said.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string folder, int depositors, int firstTurn, int endTurn = int.MaxValue, params string[] tracer)
    {
        string[] command = [.. tracer, Environment.ProcessPath!, DepositChild.Verb, folder, Text(depositors), Text(firstTurn), Text(endTurn)];
        var start = new ProcessStartInfo(command[0], command[1..]) 
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>The last turn of each depositor that was acknowledged.</summary>
    public Dictionary<int, int> Acknowledged { get; } = [];

    /// <summary>The last turn of each depositor that was begun.</summary>
    public Dictionary<int, int> Begun { get; } = [];

    public int Acknowledgements { get; private set; }

    /// <summary>Deposits that were under way at the end.</summary>
    public int InFlight => Begun.Count(begun => Acknowledged.GetValueOrDefault(begun.Key, -1) < begun.Value);

    /// <summary>Kills the process by SIGKILL after so many acknowledgements, and reads what it still said.</summary>
    public void KillAfter(int acknowledgements)
    {
        while (Acknowledgements < acknowledgements)
        {
            Take(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The child ended: {_process.StandardError.ReadToEnd()}"));
        }

        _process.Kill(entireProcessTree: true);
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            // A last line may be cut by the kill; only whole ones count, and every whole one has three words.
            if (line.Split(' ') is [_, _, { Length: > 0 }])
            {
                Take(line);
            }
        }

        _process.WaitForExit();
    }

    /// <summary>Waits for the end; what it wrote on standard error, and its exit code.</summary>
    public (string Error, int ExitCode) WaitForEnd()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            Take(line);
        }

        string error = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        return (error, _process.ExitCode);
    }

    public void Dispose() => _process.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Take(string line)
    {
        string[] words = line.Split(' ');
        int depositor = int.Parse(words[1], CultureInfo.InvariantCulture);
        int turn = int.Parse(words[2], CultureInfo.InvariantCulture);
        (words[0] == "A" ? Acknowledged : Begun)[depositor] = turn;
        Acknowledgements += words[0] == "A" ? 1 : 0;
    }
}
