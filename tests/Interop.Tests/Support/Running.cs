using System.Diagnostics;
using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Support;

/// <summary>Another program under way.</summary>
internal sealed class Running : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private Running(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    public static Running Start(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Running(Process.Start(start).ShouldNotBeNull());
    }

    /// <summary>Runs it to its end; fails unless it ends with 0.</summary>
    public static async Task<string> ToEndAsync(string program, string folder, params IEnumerable<string> arguments)
    {
        using var running = Start(program, folder, arguments);
        return await running.EndAsync();
    }

    /// <summary>Waits for what the program does to a file; fails when the program ends before.</summary>
    public async Task UntilAsync(Func<bool> condition, string waitedFor)
    {
        await Polling.UntilAsync(() => _process.HasExited || condition(), waitedFor);
        if (!condition())
        {
            Assert.Fail($"the program ended before {waitedFor}: {await _errors.WaitAsync(Polling.Patience, TimeProvider.System)}");
        }
    }

    /// <summary>Waits for its end; fails unless it ends with 0.</summary>
    public async Task<string> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        var output = await _output.WaitAsync(patience.Token);
        _process.ExitCode.ShouldBe(0, $"{output}\n{await _errors.WaitAsync(patience.Token)}");
        return output;
    }

    /// <summary>Asks it to stop (SIGINT, as Ctrl+C), and waits until it has.</summary>
    public async Task InterruptAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true); // tshark captures by a child, dumpcap, which would go on
        }

        _process.Dispose();
    }
}
