using PosteRestante.SipEdge.Publication;
using PosteRestante.SipStack.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>Entity-tags, which carry all that is known of them.</summary>
public sealed class PublicationTagsTests
{
    private static readonly DateTimeOffset Ends = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly PublicationTags _tags = new([1, 2, 3], SipIdentifiers.FromSeed(1));

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public void Tag_IsGoodUntilItsPublicationEnds()
    {
        var tag = _tags.Create("mailbox", "im-settings", 7, Ends);
        _tags.VersionOf(tag, "mailbox", "im-settings", Ends - TimeSpan.FromTicks(1)).ShouldBe(7);
        _tags.VersionOf(tag, "mailbox", "im-settings", Ends).ShouldBe(0);
    }

    [Fact]
    public void Tag_OfAnotherSecret_StandsForNothing()
    {
        var foreign = new PublicationTags([1, 2, 4], SipIdentifiers.FromSeed(1)).Create("mailbox", "im-settings", 7, Ends);
        _tags.VersionOf(foreign, "mailbox", "im-settings", DateTimeOffset.UnixEpoch).ShouldBe(0);
    }

    [Fact]
    public void Tags_OfTheSameSettings_AllDiffer() =>
        _tags.Create("mailbox", "im-settings", 7, Ends).ShouldNotBe(_tags.Create("mailbox", "im-settings", 7, Ends));
}
