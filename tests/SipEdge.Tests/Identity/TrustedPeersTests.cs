using System.Net;
using PosteRestante.SipEdge.Identity;

namespace PosteRestante.SipEdge.Tests.Identity;

public sealed class TrustedPeersTests
{
    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData("10.1.200.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    public void Contains_AddressOrNetwork_IsJudgedExactly(string address, bool trusted) =>
        new TrustedPeers(["192.0.2.7", "10.1.0.0/16", "::1"]).Contains(IPAddress.Parse(address)).ShouldBe(trusted);

    [Fact]
    public void Contains_NobodyConfigured_TrustsNobody() =>
        new TrustedPeers([]).Contains(IPAddress.Loopback).ShouldBeFalse();
}
