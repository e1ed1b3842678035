using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PosteRestante.Client.Settings;

namespace PosteRestante.Bench.Support;

/// <summary>The service as a process of its own, on free ports, with a data folder of its own.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private const int TerminateSignal = 15;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan IdleWindow = TimeSpan.FromMilliseconds(500);

    private readonly string[] _settings;
    private Process _process;

    private ServerUnderTest(string folder, string[] settings)
    {
        Folder = folder;
        _settings = settings;
        (_process, Client) = Launch(folder, settings);
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>Its addresses and accounts.</summary>
    public ClientFile Client { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="settings">Settings as on the command line, <c>--Section:Key=value</c>.</param>
    public static ServerUnderTest Start(params string[] settings) =>
        new(Directory.CreateTempSubdirectory("poste-bench-").FullName, settings);

    /// <summary>Stops it in order and starts it again over the same data: nothing of what it did before is in its memory.</summary>
    public void Restart()
    {
        Stop();
        _process.Dispose();
        (_process, Client) = Launch(Folder, _settings);
    }

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>Its memory now, in megabytes.</summary>
    public long WorkingSetMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / (1024 * 1024);
    }

    /// <summary>Its memory counts as at its peak from now on.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>The most memory that it had resident since <see cref="ForgetPeak"/>, or its start, in megabytes.</summary>
    public double PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan("VmHWM:".Length, line.Length - "VmHWM: kB".Length), CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Waits until it does (nearly) nothing any more: the tables have caught up with the journal.</summary>
    public void WaitUntilIdle()
    {
        var before = CpuTime();
        while (true)
        {
            Pause.For(IdleWindow);
            var now = CpuTime();
            if ((now - before) < IdleWindow * 0.03)
            {
                return;
            }

            before = now;
        }
    }

    /// <summary>Stops it in order; the folder stays until <see cref="Dispose"/>.</summary>
    public void Stop()
    {
        if (!_process.HasExited && Signal(_process.Id, TerminateSignal) == 0 && !_process.WaitForExit(StopPatience))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the service did not stop within {StopPatience}"));
        }
    }

    /// <summary>Kills it (SIGKILL), as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static (Process Process, ClientFile Client) Launch(string folder, string[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "../../Silo/release/PosteRestante.Silo");
        var start = new ProcessStartInfo(Path.GetFullPath(program)) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] common =
        [
            $"--Data:Folder={folder}", "--Listeners:SipPort=0", "--Listeners:MsrpPort=0", "--Listeners:HttpPort=0",
            "--Logging:LogLevel:Default=Warning",
        ];
        foreach (var argument in common.Concat(settings))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start; build it with -c Release.");
        var ready = process.StandardOutput.ReadLineAsync();
        if (!ready.Wait(StartPatience) || ready.Result is null)
        {
            process.Kill();
            throw new InvalidOperationException("The service did not become ready.");
        }

        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // a full pipe would stop it
        return (process, ClientFile.Parse(File.ReadAllBytes(Path.Combine(folder, ClientFile.FileName))));
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Signal(int process, int signal);
}
