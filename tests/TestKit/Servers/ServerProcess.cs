using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Xunit;

namespace PosteRestante.TestKit.Servers;

/// <summary>
/// The service as a process of its own, on free loopback ports: it is started, asked, told to stop and killed as an
/// operator would. The test project refers to <c>src/Silo</c>, so that the program is built.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Halt = 19;
    private const string ReadyWord = "ready ";

    // A bound on how long a broken server can hang a test; nothing is measured by it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ServerOutput _output;

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _output = new ServerOutput(_process);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    // Other tests keep the machine busy at the same time, which is no overload of the service; a setting of a test comes later.
    private const string PatientEdge = "--Sip:Overload:MaxQueueAge=00:00:30";

    /// <summary>Settings that let every listener take a free port, those of the grain runtime included.</summary>
    public static IReadOnlyList<string> FreePorts { get; } =
    [
        "--Listeners:SipPort=0",
        "--Listeners:MsrpPort=0",
        "--Listeners:HttpPort=0",
        "--Listeners:SipsPort=0",
        "--Listeners:MsrpsPort=0",
        .. ServerProgram.IsOrleans ? ["--Cluster:SiloPort=0", "--Cluster:GatewayPort=0"] : Array.Empty<string>(),
    ];

    /// <summary>The SIP listener, UDP and TCP.</summary>
    public IPEndPoint Sip => IPEndPoint.Parse(ReadyValue("sip"));

    /// <summary>The MSRP listener.</summary>
    public IPEndPoint Msrp => IPEndPoint.Parse(ReadyValue("msrp"));

    /// <summary>The root of the HTTP endpoints.</summary>
    public Uri Http => new(ReadyValue("http"));

    /// <summary>The data folder.</summary>
    public string Folder => ReadyValue("data");

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>The exit code of a process that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What was printed so far.</summary>
    public string Output => _output.Text;

    /// <summary>What was printed on the error output so far.</summary>
    public string Errors => _output.ErrorText;

    /// <summary>Starts the service on free ports, and waits until it says that it is ready.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="arguments">A verb, and settings as <c>--Section:Key=value</c>; the last of a key wins.</param>
    /// <param name="environment">Variables set for the process.</param>
    /// <param name="under">A command that the service is started by and leaves it this process id: <c>strace -D …</c>.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder,
        string[]? arguments = null,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] under)
    {
        string[] command = [.. under, ServerProgram.Path, .. FreePorts, PatientEdge, $"--Data:Folder={folder}", .. arguments ?? []];
        var server = Launch(command[0], command[1..], environment);
        try
        {
            await server.WaitForLineAsync(ReadyWord);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service with just these arguments, and waits for nothing.</summary>
    public static ServerProcess Launch(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Launch(ServerProgram.Path, arguments, environment);

    /// <summary>Starts a program, the service or <c>poste</c>, and waits for nothing.</summary>
    public static ServerProcess Launch(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(start);
    }

    /// <summary>Waits until a line that begins so was printed, and returns it; fails when the process ends before.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        var line = await _output.WaitForAsync(one => one.StartsWith(beginning, StringComparison.Ordinal)).WaitAsync(Patience, TimeProvider.System);
        Assert.True(line is not null, $"the server ended with {_process.HasExited} before '{beginning}':\n{Output}\n{Errors}");
        return line!;
    }

    /// <summary>Waits until the process has ended and all its output is here; returns the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Tells the process to stop: SIGTERM.</summary>
    public void Stop() => Assert.Equal(0, SendSignal(_process.Id, Terminate));

    /// <summary>Waits until the process says that it drains.</summary>
    public Task WaitForDrainAsync() => _output.WaitForAsync(line => line.Contains("Draining:", StringComparison.Ordinal)).WaitAsync(Patience, TimeProvider.System);

    /// <summary>Stops the process where it is, until it is killed: SIGSTOP.</summary>
    public void Freeze() => Assert.Equal(0, SendSignal(_process.Id, Halt));

    /// <summary>Kills the process: SIGKILL, nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true); // of `dotnet run` the service is a child
            await WaitForExitAsync();
        }

        _process.Dispose();
    }

    private string ReadyValue(string name) => _output.Line(ReadyWord)
        .Split(' ')
        .First(part => part.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
