using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sessions;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>What the client makes of large messages of a service that does not behave. It holds nothing in memory here.</summary>
public sealed class LargeReceptionTests : IAsyncLifetime
{
    private const string Key = "7fq2mxk7lwbatz5rc3dh6n4pvy";
    private const string Envelope = $"Content-Type: message/sipfrag\nContent-ID: <{Key}@im.example.net>\n\nDate: Sun, 22 Nov 2026 10:58:02 GMT\nFrom: <sip:alice@example.net>\n";
    private const string MsrpHead = "Content-Type: message/msrp\n\nMSRP abcd1234 SEND\nTo-Path: msrp://im.example.net:2855/k;tcp\nFrom-Path: msrp://im.example.net:2855/k;tcp\nMessage-ID: orig1\n";
    private const string Original = MsrpHead + "Byte-Range: 1-5/5\nContent-Type: text/plain\n\nNoon?\n-------abcd1234$\n";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("poste-bodies-").FullName, "bodies");
    private readonly ScriptedFunction _function = new();
    private readonly List<RetrievedMessage> _shown = [];
    private ImClient _client = null!;
    private Task<RetrievalResult> _pull = null!;

    public async ValueTask InitializeAsync()
    {
        _client = ImClient.Start(
            new ImClientOptions
            {
                Aor = "sip:bob@example.net",
                Server = _function.Sip,
                DeferredUri = "sip:Deferred@im.example.net",
                MaxMessageOctets = 0,
                Bodies = new BodyFolder { Path = _folder, MaxOctets = 10_000 },
            },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
        _pull = _client.PullAsync(message =>
        {
            _shown.Add(message);
            return ValueTask.CompletedTask;
        });
        await _function.AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _function.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public async Task Message_ThatComesTwice_IsWrittenAndShownOnce()
    {
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(200);
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(200);
        await _function.ByeAsync();

        var result = await _pull;

        var message = _shown.ShouldHaveSingleItem();
        Path.GetFileName(message.File).ShouldBe($"{Key}.txt");
        (await File.ReadAllTextAsync(message.File!)).ShouldBe("Noon?");
        (result.Received, result.IsComplete).ShouldBe((1, true));
    }

    [Theory]
    [InlineData("Content-Type: message/sipfrag\n\nMESSAGE sip:bob@example.net SIP/2.0\nContent-Type: text/plain\nContent-Length: 5\n\nNoon?", 200)]
    [InlineData("Content-Type: message/sipfrag\n\nMESSAGE sip:bob@example.net SIP/2.0\nContent-Length: 4\n\nNoon?", 415)]
    [InlineData("Content-Type: message/sipfrag\n\nMESSAGE sip:bob@example.net SIP/2.0\nContent-Length: 6\n\nNoon?", 415)]
    [InlineData("Content-Type: message/sipfrag\n\nMESSAGE sip:bob@example.net SIP/2.0\n\nNoon?", 415)]
    [InlineData(MsrpHead + "Byte-Range: 1-9/9\nContent-Type: text/plain\n\nNoon?\n-------abcd1234$\n", 415)]
    [InlineData(MsrpHead + "Byte-Range: 2-5/5\nContent-Type: text/plain\n\nNoon?\n-------abcd1234$\n", 415)]
    [InlineData(MsrpHead + "Byte-Range: 1-5/5\nContent-Type: text/plain\n\nNoon?\n-------abcd9999$\n", 415)]
    [InlineData(MsrpHead + "Byte-Range: 1-5/5\nContent-Type: text/plain\n\nNoon?\n-------abcd1234#\n", 415)]
    [InlineData("Content-Type: message/msrp\n\nno frame\n\nNoon?", 415)]
    [InlineData("Content-Type: text/plain\n\nx\n\nNoon?", 415)]
    public async Task Original_ThatIsNotWhatItSays_IsRefusedAndLeavesNothing(string original, int status)
    {
        (await _function.SendAsync("delivery1", Envelope, original)).ShouldBe(status);

        if (status != 200)
        {
            _shown.ShouldBeEmpty();
            (Directory.Exists(_folder) ? Directory.GetFiles(_folder) : []).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("UPPERCASEUPPERCASEUPPERCAS")]
    public async Task Key_ThatIsNone_NamesNoPath(string key)
    {
        (await _function.SendAsync("delivery1", Envelope.Replace(Key, key, StringComparison.Ordinal), Original)).ShouldBe(200);

        Path.GetDirectoryName(_shown.ShouldHaveSingleItem().File).ShouldBe(_folder);
        Path.GetFileName(_shown[0].File)!.ShouldMatch("^[0-9a-f]{32}\\.txt$");
    }

    [Fact]
    public async Task Message_OverTheLimit_IsRefused() =>
        (await _function.SendAsync("delivery1", Envelope, MsrpHead + new string('x', 20_000))).ShouldBe(413);

    [Fact]
    public async Task Message_ThatBreaksOff_LeavesNothing()
    {
        await _function.BeginAsync("delivery1", Envelope, Original.Replace("5/5", "5000/5000", StringComparison.Ordinal));
        await Polling.UntilAsync(() => Directory.Exists(_folder) && Directory.GetFiles(_folder).Length == 1, "the file of the body");
        _function.Vanish();

        (await _pull).IsComplete.ShouldBeFalse();
        await Polling.UntilAsync(() => Directory.GetFiles(_folder).Length == 0, "the file to go");
        _shown.ShouldBeEmpty();
    }
}
