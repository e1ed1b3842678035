using System.Diagnostics;

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

    /// <summary>Waits for its end; fails unless it ends with 0.</summary>
    public async Task<string> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        var output = await _output;
        _process.ExitCode.ShouldBe(0, $"{output}\n{await _errors}");
        return output;
    }

    /// <summary>Asks it to stop (SIGINT, as Ctrl+C), and waits until it has.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
