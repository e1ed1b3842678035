using System.Globalization;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Records;
using PosteRestante.Grains.Settings;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Records;

/// <summary>
/// Records as they were written by every version so far. A file is never changed: a new format is a new version with a file
/// of its own, and the old one stays readable.
/// </summary>
public class GoldenRecordTests
{
    // In an empty head: the version of the format, eight octets of the write id, six numbers.
    private const int LeaseOffset = 1 + 8 + 6;

    private static readonly RecordSerializer Serializer = new(
    [
        RecordCodecRegistration.Of(new MailboxHeadCodec()),
        RecordCodecRegistration.Of(new IndexPageCodec()),
        RecordCodecRegistration.Of(new MessageRecordCodec()),
        RecordCodecRegistration.Of(new KeySecretRecordCodec()),
        RecordCodecRegistration.Of(new SettingsRecordCodec()),
    ]);

    [Fact]
    public void Head_IsWrittenAndReadAsItsGoldenFile() => Compare("head.v1", GoldenRecords.Head());

    [Fact]
    public void HeadUnderADeliveryByList_IsWrittenAndReadAsItsGoldenFile() => Compare("head-list.v1", HeadUnderAList());

    [Fact]
    public void HeadWithAnUnknownKindOfLease_IsRefusedAsARecord()
    {
        var octets = Serializer.ToOctets(new MailboxHead());
        octets[LeaseOffset] = 3;

        Should.Throw<RecordFormatException>(() => Serializer.FromOctets<MailboxHead>(octets)).Offset.ShouldBe(LeaseOffset);
    }

    [Fact]
    public void EmptyHead_IsWrittenAndReadAsItsGoldenFile() => Compare("head-empty.v1", new MailboxHead());

    [Fact]
    public void Leaf_IsWrittenAndReadAsItsGoldenFile() => Compare("leaf.v1", new IndexPage(GoldenRecords.Entries()));

    [Fact]
    public void Branch_IsWrittenAndReadAsItsGoldenFile() =>
        Compare("branch.v1", new IndexPage(1, [new IndexPage(GoldenRecords.Entries()).Summarize(pageId: 0x0102030405060708)]));

    [Fact]
    public void RetiredPage_IsWrittenAndReadAsItsGoldenFile() => Compare("page-retired.v1", IndexPage.Retired);

    [Fact]
    public void Message_IsWrittenAndReadAsItsGoldenFile() => Compare("message.v2", GoldenRecords.Message());

    [Fact]
    public void Tombstone_IsWrittenAndReadAsItsGoldenFile() => Compare("tombstone.v2", GoldenRecords.Message().Bury(new Tombstone
    {
        Outcome = TerminalOutcome.Expired,
        At = GoldenRecords.Noon.AddDays(7),
        Reason = "expired",
    }));

    [Fact]
    public void MessageOfVersion1_IsReadWithoutABodyInTheStore() => Read("message.v1", GoldenRecords.Message() with
    {
        Content = GoldenRecords.Message().Content with { Body = BodyReference.None, Session = [] },
    });

    [Fact]
    public void TombstoneOfVersion1_IsRead() => Read("tombstone.v1", GoldenRecords.Message().Bury(new Tombstone
    {
        Outcome = TerminalOutcome.Expired,
        At = GoldenRecords.Noon.AddDays(7),
        Reason = "expired",
    }));

    [Fact]
    public void KeySecret_IsWrittenAndReadAsItsGoldenFile() => Compare("key-secret.v1", new KeySecretRecord
    {
        KeyId = 1,
        Octets = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        Hash = [.. Enumerable.Range(32, 32).Select(i => (byte)i)],
    });

    [Fact]
    public void Settings_AreWrittenAndReadAsTheirGoldenFile() =>
        Compare("settings.v1", new SettingsRecord { Version = 300, IsPublished = true, IsActive = true });

    [Fact]
    public void Head_CutAnywhere_IsRefusedAsARecord()
    {
        var octets = Serializer.ToOctets(HeadUnderAList());
        for (var length = 0; length < octets.Length; length++)
        {
            var cut = octets[..length];
            Should.Throw<RecordFormatException>(() => Serializer.FromOctets<MailboxHead>(cut), $"cut at {length}");
        }
    }

    private static MailboxHead HeadUnderAList()
    {
        var head = GoldenRecords.Head();
        head.Lease = head.Lease! with { Selection = new Selection([2, 1, 300]) };
        return head;
    }

    /// <summary>A record of an older version is read as what it would be if it were written now.</summary>
    private static void Read<T>(string name, T record) =>
        Convert.ToHexStringLower(Serializer.ToOctets(Serializer.FromOctets<T>(Convert.FromHexString(Golden(name)))))
            .ShouldBe(Convert.ToHexStringLower(Serializer.ToOctets(record)), name);

    private static string Golden(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Records", "Golden", $"{name}.hex")).ReplaceLineEndings(string.Empty);

    private static void Compare<T>(string name, T record)
    {
        var golden = Golden(name);

        Convert.ToHexStringLower(Serializer.ToOctets(record)).ShouldBe(golden, name);

        var read = Serializer.FromOctets<T>(Convert.FromHexString(golden));
        Convert.ToHexStringLower(Serializer.ToOctets(read)).ShouldBe(golden, string.Create(CultureInfo.InvariantCulture, $"{name} read"));
    }
}
