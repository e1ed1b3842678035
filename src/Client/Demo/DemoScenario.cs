using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Client.Settings;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.Client.Demo;

/// <summary>
/// The story of a message for someone who is away, acted out against a running server over real sockets. Every line of its
/// ladder is a frame that passed, and what arrives is compared with what was sent, octet for octet.
/// </summary>
public sealed class DemoScenario
{
    private static readonly TimeSpan ReceiptTolerance = TimeSpan.FromMinutes(5);
    private const int PictureOctets = 300_000;

    private static readonly TimeSpan PushPatience = TimeSpan.FromSeconds(20);

    private readonly ClientFile _server;
    private readonly TextWriter _output;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly RandomFill _random;
    private readonly DemoLadder _ladder;
    private readonly string _run;
    private readonly List<RetrievedMessage> _arrived = [];
    private readonly byte[] _picture = new byte[PictureOctets];

    /// <summary>Prepares the story.</summary>
    /// <param name="server">The server, with the accounts of alice and bob.</param>
    /// <param name="output">Where it is told.</param>
    /// <param name="showsWire">Whether each frame is shown whole below its line.</param>
    /// <param name="loggers">Where faults are written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">A cryptographic source of randomness.</param>
    public DemoScenario(
        ClientFile server, TextWriter output, bool showsWire, ILoggerFactory loggers, TimeProvider time, RandomFill random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _server = server;
        _output = output;
        _loggers = loggers;
        _time = time;
        _random = random;
        _ladder = new DemoLadder(output, showsWire);
        Span<byte> mark = stackalloc byte[4];
        random(mark);
        random(_picture);
        _run = Convert.ToHexStringLower(mark); // messages of an earlier demo may wait in the same folder
    }

    /// <summary>Acts it out.</summary>
    /// <returns>Whether every step was right.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("poste-demo-bodies-").FullName;
        try
        {
            return await ActAsync(folder, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> ActAsync(string folder, CancellationToken cancellation)
    {
        await using var alice = Open("alice", useTcp: false, folder);
        await using var bob = Open("bob", useTcp: true, folder);
        return await DepositAsync(1, "Bob is away. Alice writes to him all the same, three times. 202 means: stored, on disk.", alice, Letters)
            && await CollectAsync(bob, cancellation)
            && Compare(3, Letters)
            && await FindNothingAsync(alice, cancellation)
            && await DepositAsync(5, "Bob has gone again, and Alice has something to add.", alice, Postscript)
            && await SendPictureAsync(alice, cancellation)
            && await ComeBackAsync(bob, cancellation)
            && Compare(8, Postscript)
            && ComparePicture();
    }

    private IReadOnlyList<OutgoingMessage> Letters =>
    [
        Letter("Lunch", "text/plain;charset=UTF-8", Encoding.UTF8.GetBytes($"Noon at the usual place? ({_run})")),
        Letter("Été", "text/plain;charset=UTF-8", Encoding.UTF8.GetBytes($"Crème brûlée 🍮 {_run}\r\n-------\r\n--p--\r\n")),
        Letter("Octets", "application/octet-stream", AllOctets()),
    ];

    private IReadOnlyList<OutgoingMessage> Postscript =>
        [Letter("P.S.", "text/plain;charset=UTF-8", Encoding.UTF8.GetBytes($"And bring the map. ({_run})"))];

    private async Task<bool> DepositAsync(int step, string sentence, ImClient alice, IReadOnlyList<OutgoingMessage> letters)
    {
        Tell(step, sentence);
        foreach (var letter in letters)
        {
            var result = await alice.SendAsync(letter);
            if (result.Status != 202)
            {
                return Fail($"Alice's message was answered {result.Status} {result.Reason}; 202 was expected.");
            }
        }

        return true;
    }

    private async Task<bool> CollectAsync(ImClient bob, CancellationToken cancellation)
    {
        Tell(2, $"Bob is back. He calls {_server.DeferredUri}, proves who he is, and all that waits comes over MSRP.");
        var result = await bob.PullAsync(
            message =>
            {
                _arrived.Add(message);
                return ValueTask.CompletedTask;
            },
            cancellation);
        return result.IsComplete
            || Fail($"Bob's call ended with {result.Status} {result.Reason}, after {result.Received} messages.");
    }

    private async Task<bool> SendPictureAsync(ImClient alice, CancellationToken cancellation)
    {
        Tell(6, "And a picture, too large for a MESSAGE: it goes over MSRP. The 200 to its last octet means: stored, on disk.");
        using var content = new MemoryStream(_picture);
        var result = await alice.SendLargeAsync(
            new OutgoingLargeMessage { To = Bob.Aor, Content = content, ContentType = "image/x-demo", Subject = "Map" }, cancellation);
        return result.IsStored || Fail($"Alice's picture was answered {result.Status} {result.Reason}, MSRP {result.MsrpStatus}.");
    }

    private async Task<bool> ComeBackAsync(ImClient bob, CancellationToken cancellation)
    {
        Tell(7, "Bob is back and says so with a PUBLISH. This time the service calls him, and he need not ask.");
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        leaves.CancelAfter(PushPatience);
        var awaited = _arrived.Count + Postscript.Count + 1;
        var result = await bob.StayOnlineAsync(
            message =>
            {
                _arrived.Add(message);
                return _arrived.Count == awaited ? new ValueTask(leaves.CancelAsync()) : ValueTask.CompletedTask;
            },
            cancellation: leaves.Token);
        return (result.IsOrderly && _arrived.Count == awaited)
            || Fail($"Bob's last PUBLISH ended with {result.Status} {result.Reason}, after {result.Received} messages.");
    }

    private bool Compare(int step, IReadOnlyList<OutgoingMessage> letters)
    {
        Tell(step, "What arrived is compared with what was sent, octet for octet.");
        foreach (var letter in letters)
        {
            var sent = _ladder.FindSent(frame => frame.Body.Span.SequenceEqual(letter.Body.Span));
            var arrived = _arrived.Find(message => message.Body.Span.SequenceEqual(letter.Body.Span));
            if (sent is null || arrived is null)
            {
                return Fail($"The message '{letter.Subject}' did not arrive.");
            }

            if (!sent.AsHandedOver().AsSpan().SequenceEqual(arrived.Original.Span))
            {
                return Fail($"The message '{letter.Subject}' arrived changed.");
            }

            if ((arrived.ReceivedAt - _time.GetUtcNow()).Duration() > ReceiptTolerance)
            {
                return Fail($"The message '{letter.Subject}' says it was received at {arrived.ReceivedAt:u}.");
            }

            _output.WriteLine(
                $"     {letter.Subject,-8}{arrived.Original.Length,5} octets, the same; received {arrived.ReceivedAt:u} as {arrived.MessageId}");
        }

        return true;
    }

    private bool ComparePicture()
    {
        var arrived = _arrived.Find(message => string.Equals(message.Subject, "Map", StringComparison.Ordinal));
        if (arrived?.File is not { } file || !File.ReadAllBytes(file).AsSpan().SequenceEqual(_picture))
        {
            return Fail("The picture did not arrive as it was sent.");
        }

        _output.WriteLine($"     {arrived.Subject,-8}{arrived.BodyLength,6} octets, the same, in a file; received {arrived.ReceivedAt:u} as {arrived.MessageId}");
        return true;
    }

    private async Task<bool> FindNothingAsync(ImClient alice, CancellationToken cancellation)
    {
        Tell(4, "Alice asks too. Nobody wrote to her, and the answer says so.");
        var result = await alice.PullAsync(static _ => ValueTask.CompletedTask, cancellation);
        return result.IsEmpty
            || Fail($"Alice's call ended with {result.Status} {result.Reason}; 488 with 'no messages' was expected.");
    }

    private ImClient Open(string user, bool useTcp, string folder)
    {
        var account = _server.Accounts.FirstOrDefault(account => string.Equals(account.UserName, user, StringComparison.Ordinal))
            ?? throw new InvalidOperationException(
                $"The server has no account '{user}'. The demo needs the accounts that are made when none is configured.");
        var options = new ImClientOptions
        {
            Aor = account.Aor,
            UserName = account.UserName,
            Password = account.Password,
            Server = new IPEndPoint(IPAddress.Parse(_server.SipAddress), _server.SipPort),
            DeferredUri = _server.DeferredUri,
            UseTcp = useTcp,
            Bodies = new BodyFolder { Path = folder },
            MaxMessageOctets = 64 * 1024, // the picture goes to a file
        };
        return ImClient.Start(options, _loggers, _time, _random, _ladder.Watch(user));
    }

    private ClientAccount Bob => _server.Accounts.First(account => string.Equals(account.UserName, "bob", StringComparison.Ordinal));

    private OutgoingMessage Letter(string subject, string contentType, byte[] body) => new()
    {
        To = Bob.Aor,
        Subject = subject,
        ContentType = contentType,
        Body = body,
    };

    private byte[] AllOctets() => [.. Encoding.ASCII.GetBytes(_run), .. Enumerable.Range(0, 256).Select(octet => (byte)octet)];

    private void Tell(int step, string sentence)
    {
        _output.WriteLine();
        _output.WriteLine($"  {step}. {sentence}");
        _output.WriteLine();
        _ladder.Begin();
    }

    private bool Fail(string sentence)
    {
        _output.WriteLine();
        _output.WriteLine($"  FAILED: {sentence}");
        return false;
    }
}
